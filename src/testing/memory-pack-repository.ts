import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../core/pack/pack.ts';
import { formatPackReference, type PackReference } from '../core/pack/pack-reference.ts';
import { compareVersions, isInRange } from '../core/pack/versions.ts';
import { listTemplates } from '../core/template/list-templates.ts';
import { compareText } from '../core/text/compare-text.ts';
import { nearest } from '../core/text/nearest.ts';
import type { CatalogueEntry, InspectedPack, PackRepository } from '../ports/pack-repository.ts';

/** Packs that are given to it, in order of precedence. */
export class MemoryPackRepository implements PackRepository {
  readonly #packs: readonly Pack[];

  constructor(packs: readonly Pack[]) {
    this.#packs = packs;
  }

  static of(...packs: readonly Pack[]): MemoryPackRepository {
    return new MemoryPackRepository(packs);
  }

  async list(): Promise<readonly CatalogueEntry[]> {
    const entries = this.#packs.map((pack, index) => {
      const hiding = this.#packs.slice(0, index).find((earlier) => earlier.manifest.id === pack.manifest.id);
      return toEntry(pack, hiding);
    });
    return entries.sort((a, b) => compareText(a.id, b.id));
  }

  async load(reference: PackReference): Promise<Pack> {
    return (await this.inspect(reference)).pack;
  }

  async inspect(reference: PackReference): Promise<InspectedPack> {
    const candidates = this.#packs.filter((pack) => matches(pack, reference));
    const pack = candidates.sort((a, b) => compareVersions(b.manifest.version, a.manifest.version))[0];
    if (pack !== undefined) return { pack, diagnostics: [] };
    const name = formatPackReference(reference);
    const suggestions = nearest(
      name,
      this.#packs.map(({ manifest }) => manifest.id),
    );
    throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${name}`, { suggestions });
  }
}

function matches({ manifest, provenance }: Pack, reference: PackReference): boolean {
  if (reference.kind === 'path') return provenance.location === reference.path;
  if (reference.kind !== 'id' || manifest.id !== reference.name) return false;
  const { range } = reference;
  return range === undefined || range === 'latest' || isInRange(manifest.version, range);
}

function toEntry(pack: Pack, hiding: Pack | undefined): CatalogueEntry {
  const { id, version, title, description, category, keywords, license, variables, packages, dependencies, queries, hooks } = pack.manifest;
  const counts = {
    templates: listTemplates(pack).length,
    variables: variables.length,
    packages: packages.length,
    dependencies: dependencies.length,
    queries: queries.length,
    hooks: hooks.length,
  };
  return {
    id,
    version,
    title,
    description,
    category,
    keywords,
    license,
    provenance: pack.provenance,
    counts,
    shadowedBy: hiding?.provenance,
    isBroken: false,
    diagnostics: [],
  };
}
