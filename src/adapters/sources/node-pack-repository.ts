import { resolve } from 'node:path';
import { hasErrors } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { foreignId, UNVERSIONED } from '../../core/foreign/foreign-identity.ts';
import { withoutMarker } from '../../core/foreign/foreign-kind.ts';
import { loadDecoder } from '../../core/foreign/load-decoder.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import { formatPackReference, type PackReference } from '../../core/pack/pack-reference.ts';
import { unknownPack } from '../../core/pack/unknown-pack.ts';
import { isInRange } from '../../core/pack/versions.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type {
  CatalogueEntry,
  CatalogueSurvey,
  InspectedPack,
  ListOptions,
  PackRepository,
  SurveyedPack,
} from '../../ports/pack-repository.ts';
import { nativeHash } from '../hash.ts';
import { locateArchive } from './archive/locate-archive.ts';
import {
  type CatalogueIndex,
  type CatalogueScope,
  catalogueKey,
  readCatalogueIndex,
  recordFact,
  writeCatalogueIndex,
} from './catalogue-index.ts';
import { findDirectoryKind, readPackDirectory } from './read-pack-directory.ts';
import { recordTree } from './record-tree.ts';
import { type PackRoot, readManifest, scanPacks } from './scan-packs.ts';
import { computeTreeIntegrity } from './tree-integrity.ts';

export interface RepositorySettings {
  /** In order of precedence. */
  readonly roots: readonly PackRoot[];
  readonly scope: CatalogueScope;
  readonly cacheDirectory: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The packs on this machine: those of the project, of configured directories and of the program, and any directory by its path. */
export class NodePackRepository implements PackRepository {
  readonly #settings: RepositorySettings;

  constructor(settings: RepositorySettings) {
    this.#settings = settings;
  }

  async list({ without }: ListOptions = {}): Promise<readonly CatalogueEntry[]> {
    return this.#index(without).entries;
  }

  async survey(): Promise<CatalogueSurvey> {
    const { scope, cacheDirectory, now } = this.#settings;
    const key = catalogueKey(scope, '');
    const load = (entries: readonly CatalogueEntry[]) => this.#loadAll(entries);
    const known = readCatalogueIndex(cacheDirectory, key);
    if (known?.digest !== undefined) return { digest: known.digest, load: async () => load(known.entries) };
    const recordedAt = now();
    const index = this.#index();
    const entries = index.entries.filter(({ isBroken }) => !isBroken);
    // Looked at before it is read, so that what changes in between shows.
    const facts = [...index.facts, ...entries.flatMap(({ provenance }) => recordTree(provenance.location))];
    const packs = load(entries);
    const digest = nativeHash(encodeUtf8(JSON.stringify(packs.map(({ pack }) => [pack.manifest.id, pack.provenance, pack.integrity]))));
    writeCatalogueIndex(cacheDirectory, { format: 1, tool: scope.tool, key, recordedAt, facts, entries, digest });
    return { digest, load: async () => packs };
  }

  #loadAll(entries: readonly CatalogueEntry[]): readonly SurveyedPack[] {
    return entries.flatMap((entry) => {
      try {
        return [{ pack: this.#loadEntry(entry).pack, isShadowed: entry.shadowedBy !== undefined }];
      } catch (error) {
        if (error instanceof PacksmithError) return [];
        throw error;
      }
    });
  }

  /** The catalogue as it was compiled, or compiled anew. */
  #index(without?: ListOptions['without']): Pick<CatalogueIndex, 'entries' | 'facts'> {
    const { scope, cacheDirectory, now } = this.#settings;
    const roots = this.#settings.roots.filter(({ kind }) => kind !== without);
    const key = catalogueKey(scope, without);
    const cached = readCatalogueIndex(cacheDirectory, key);
    if (cached !== undefined) return cached;
    const recordedAt = now();
    const scan = scanPacks(roots);
    const entries = withShadows(scan.entries);
    // The settings name further roots, so that the answer rests on them too.
    const facts = [recordFact(scope.configFile), ...scan.facts];
    writeCatalogueIndex(cacheDirectory, { format: 1, tool: scope.tool, key, recordedAt, facts, entries });
    return { entries, facts };
  }

  async load(reference: PackReference): Promise<Pack> {
    return (await this.inspect(reference)).pack;
  }

  async inspect(reference: PackReference): Promise<InspectedPack> {
    if (reference.kind === 'id') return this.#loadById(reference);
    const { workingDirectory } = this.#settings.scope;
    const isDirectory = reference.kind === 'archive' && locateArchive(reference, workingDirectory) === undefined;
    if (reference.kind !== 'path' && !isDirectory) {
      throw new PacksmithError(
        'SOURCE_UNSUPPORTED',
        `${formatPackReference(reference)} cannot be read: only ids and directories are supported`,
      );
    }
    const directory = resolve(workingDirectory, reference.path);
    const provenance: PackProvenance = { kind: 'local', location: reference.path };
    return (await loadForeign(directory, provenance)) ?? loadPack(directory, provenance, readPackDirectory);
  }

  #loadEntry({ provenance }: CatalogueEntry): InspectedPack {
    const root = this.#settings.roots.find(({ kind }) => kind === provenance.kind);
    return loadPack(provenance.location, provenance, root?.readFiles ?? readPackDirectory);
  }

  async #loadById(reference: IdReference): Promise<InspectedPack> {
    const entries = await this.list();
    // An id comes from the first place that knows it: a version that fits in a later place does not count.
    const named = entries.filter((entry) => entry.id === reference.name && !entry.isBroken && entry.shadowedBy === undefined);
    const { range } = reference;
    const found = named.find(({ version }) => range === undefined || range === 'latest' || isInRange(version, range));
    if (found !== undefined) return this.#loadEntry(found);
    const broken = entries.find(({ id }) => id === reference.name);
    if (named.length === 0 && broken !== undefined) throw invalidManifest(broken);
    throw notFound(reference, { entries, named });
  }
}

type IdReference = PackReference & { readonly kind: 'id' };

/** The template of another tool in a directory, if it is one; what decodes it is loaded only then. */
async function loadForeign(directory: string, provenance: PackProvenance): Promise<InspectedPack | undefined> {
  const kind = findDirectoryKind(directory);
  if (kind === undefined) return undefined;
  const files = readPackDirectory(directory);
  const decode = await loadDecoder(kind, files);
  const id = foreignId({ kind: 'path', path: directory });
  const source = { files, id, version: UNVERSIONED, reference: withoutMarker(provenance.location), integrity: computeTreeIntegrity(files) };
  const pack = decode(source, provenance);
  return { pack, diagnostics: (pack.foreign ?? pack.translated)?.remarks ?? [] };
}

function loadPack(directory: string, provenance: PackProvenance, read: (directory: string) => FileTree): InspectedPack {
  const files = read(directory);
  const { manifest, diagnostics } = readManifest(directory);
  if (manifest === undefined || hasErrors(diagnostics)) {
    throw new PacksmithError('MANIFEST_INVALID', `the manifest of ${directory} has errors`, { diagnostics });
  }
  return { pack: { manifest, files, provenance, integrity: computeTreeIntegrity(files) }, diagnostics };
}

/** Orders packs by id and then precedence, and marks each that an earlier, usable one of the same id hides. */
function withShadows(entries: readonly CatalogueEntry[]): CatalogueEntry[] {
  const first = new Map<string, PackProvenance>();
  const marked = entries.map((entry): CatalogueEntry => {
    const shadowedBy = first.get(entry.id);
    if (shadowedBy === undefined && !entry.isBroken) first.set(entry.id, entry.provenance);
    return { ...entry, shadowedBy };
  });
  return marked.sort((a, b) => compareText(a.id, b.id));
}

function invalidManifest({ id, provenance, diagnostics }: CatalogueEntry): PacksmithError {
  return new PacksmithError('MANIFEST_INVALID', `the pack ${id} in ${provenance.location} has errors`, { diagnostics });
}

interface Known {
  readonly entries: readonly CatalogueEntry[];
  /** The usable ones of the id that was asked for. */
  readonly named: readonly CatalogueEntry[];
}

function notFound(reference: IdReference, { entries, named }: Known): PacksmithError {
  if (named.length > 0) {
    const versions = named.map(({ version }) => version).join(', ');
    return new PacksmithError('PACK_NOT_FOUND', `no version of ${reference.name} is in ${reference.range}; there is ${versions}`, {
      hint: `\`packs generate ${reference.name}\` uses the newest`,
    });
  }
  return unknownPack(
    reference.name,
    entries.map(({ id }) => id),
  );
}
