import { describeManifest } from '../core/catalogue/describe-manifest.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { PackProvenance } from '../core/pack/pack-manifest.ts';
import { formatPackReference, type PackReference } from '../core/pack/pack-reference.ts';
import { isInRange } from '../core/pack/versions.ts';
import { listTemplates } from '../core/template/list-templates.ts';
import { compareText } from '../core/text/compare-text.ts';
import { nearest } from '../core/text/nearest.ts';
import type { CatalogueEntry, CatalogueSurvey, InspectedPack, ListOptions, PackRepository } from '../ports/pack-repository.ts';

/** A pack whose manifest cannot be read: it is listed with its findings, and cannot be loaded. */
export interface BrokenPack {
  readonly id: string;
  readonly provenance: PackProvenance;
  readonly diagnostics: readonly Diagnostic[];
}

/** Packs that are given to it, in order of precedence. */
export class MemoryPackRepository implements PackRepository {
  readonly #packs: readonly (Pack | BrokenPack)[];

  constructor(packs: readonly (Pack | BrokenPack)[]) {
    this.#packs = packs;
  }

  static of(...packs: readonly (Pack | BrokenPack)[]): MemoryPackRepository {
    return new MemoryPackRepository(packs);
  }

  async list({ without }: ListOptions = {}): Promise<readonly CatalogueEntry[]> {
    const packs = this.#packs.filter(({ provenance }) => provenance.kind !== without);
    const entries = packs.map((pack, index) => {
      if (!isUsable(pack)) return toBrokenEntry(pack);
      const hiding = packs
        .slice(0, index)
        .filter(isUsable)
        .find((earlier) => earlier.manifest.id === pack.manifest.id);
      return toEntry(pack, hiding);
    });
    return entries.sort((a, b) => compareText(a.id, b.id));
  }

  async load(reference: PackReference): Promise<Pack> {
    return (await this.inspect(reference)).pack;
  }

  async inspect(reference: PackReference): Promise<InspectedPack> {
    if (reference.kind === 'id') return { pack: this.#findById(reference), diagnostics: [] };
    const name = formatPackReference(reference);
    if (reference.kind !== 'path') throw new PacksmithError('SOURCE_UNSUPPORTED', `${name} cannot be read: it is not in memory`);
    const pack = this.#packs.find(({ provenance }) => provenance.location === reference.path);
    if (pack === undefined) throw new PacksmithError('PACK_NOT_FOUND', `there is no pack at ${reference.path}`);
    return { pack: requireUsable(pack), diagnostics: [] };
  }

  async survey(): Promise<CatalogueSurvey> {
    const packs = this.#packs.filter(isUsable);
    const isFirst = (pack: Pack) => packs.find(({ manifest }) => manifest.id === pack.manifest.id) === pack;
    const surveyed = packs.map((pack) => ({ pack, isShadowed: !isFirst(pack) }));
    return {
      digest: JSON.stringify(packs.map(({ provenance, integrity }) => [provenance, integrity])),
      load: async () => surveyed.sort((a, b) => compareText(a.pack.manifest.id, b.pack.manifest.id)),
    };
  }

  #findById({ name, range }: PackReference & { readonly kind: 'id' }): Pack {
    const named = this.#packs.filter((pack) => idOf(pack) === name);
    const first = named.find(isUsable) ?? named[0];
    if (first === undefined) {
      const suggestions = nearest(name, new Set(this.#packs.map(idOf)));
      throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${name}`, { suggestions });
    }
    const pack = requireUsable(first);
    const { version } = pack.manifest;
    if (range === undefined || range === 'latest' || isInRange(version, range)) return pack;
    throw new PacksmithError('PACK_NOT_FOUND', `no version of ${name} is in ${range}; there is ${version}`);
  }
}

function isUsable(pack: Pack | BrokenPack): pack is Pack {
  return 'manifest' in pack;
}

function idOf(pack: Pack | BrokenPack): string {
  return isUsable(pack) ? pack.manifest.id : pack.id;
}

function requireUsable(pack: Pack | BrokenPack): Pack {
  if (isUsable(pack)) return pack;
  throw new PacksmithError('MANIFEST_INVALID', `the pack ${pack.id} has errors`, { diagnostics: pack.diagnostics });
}

function toBrokenEntry({ id, provenance, diagnostics }: BrokenPack): CatalogueEntry {
  return {
    id,
    version: '',
    title: id,
    description: '',
    category: undefined,
    keywords: [],
    license: undefined,
    provenance,
    counts: { templates: 0, variables: 0, packages: 0, dependencies: 0, queries: 0, hooks: 0 },
    shadowedBy: undefined,
    isBroken: true,
    diagnostics,
  };
}

function toEntry(pack: Pack, hiding: Pack | undefined): CatalogueEntry {
  const described = describeManifest(pack.manifest, { provenance: pack.provenance, templates: listTemplates(pack).length });
  return { ...described, shadowedBy: hiding?.provenance, isBroken: false, diagnostics: [] };
}
