import { dirname, join } from 'node:path';
import { describeManifest } from '../../core/catalogue/describe-manifest.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackReference } from '../../core/pack/pack-reference.ts';
import { listTemplates } from '../../core/template/list-templates.ts';
import type { CatalogueEntry, PackRepository } from '../../ports/pack-repository.ts';

/**
 * A repository in which the pack under test stands before everything else, as it would in the project's own folder. What it needs and no
 * other place has is looked for in the directories beside it.
 */
export function caseRepository(pack: Pack, directory: string, base: PackRepository): PackRepository {
  const own: Pack = { ...pack, provenance: { kind: 'project', location: directory } };
  const isOwn = (reference: PackReference): boolean => reference.kind === 'path' && reference.path === directory;
  let listed: Promise<readonly CatalogueEntry[]> | undefined;
  const load = async (reference: PackReference): Promise<Pack> => (isOwn(reference) ? own : base.load(reference));
  return {
    list: (options) => {
      listed ??= listAll(own, directory, { base, options });
      return listed;
    },
    load,
    survey: () => base.survey(),
    inspect: async (reference) => (isOwn(reference) ? { pack: own, diagnostics: [] } : base.inspect(reference)),
  };
}

interface ListContext {
  readonly base: PackRepository;
  readonly options: Parameters<PackRepository['list']>[0];
}

async function listAll(own: Pack, directory: string, { base, options }: ListContext): Promise<readonly CatalogueEntry[]> {
  const known = await base.list(options);
  const found = new Map<string, CatalogueEntry>();
  const missing = own.manifest.dependencies.map(({ id }) => id as string);
  for (let id = missing.pop(); id !== undefined; id = missing.pop()) {
    if (found.has(id) || known.some((entry) => entry.id === id)) continue;
    const pack = await loadBeside(join(dirname(directory), id.slice(id.indexOf('/') + 1)), base);
    if (pack?.manifest.id !== id) continue;
    found.set(id, describeEntry(pack));
    missing.push(...pack.manifest.dependencies.map((dependency) => dependency.id as string));
  }
  return [describeEntry(own), ...found.values(), ...known];
}

async function loadBeside(path: string, base: PackRepository): Promise<Pack | undefined> {
  try {
    return await base.load({ kind: 'path', path });
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'PACK_NOT_FOUND') return undefined;
    throw error;
  }
}

function describeEntry(pack: Pack): CatalogueEntry {
  const described = describeManifest(pack.manifest, { provenance: pack.provenance, templates: listTemplates(pack).length });
  return { ...described, shadowedBy: undefined, isBroken: false, diagnostics: [] };
}
