import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type InstalledLock, type InstalledPack, installedPackOf } from '../../core/install/installed-lock.ts';
import { routeRegistries } from '../../core/install/route-registries.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackManifest, PackProvenance } from '../../core/pack/pack-manifest.ts';
import { isPackName, type PackName } from '../../core/pack/pack-name.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import type { PackRegistry } from '../../ports/pack-places.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { type FoundPack, type FoundVersion, toFoundPack, toInstalledVersion, toLocalVersion, withStatus } from './found-pack.ts';
import { originOf, withoutVersion, withRevision } from './pack-origin.ts';
import { loadPackTree } from './read-pack-tree.ts';
import { requireSupported } from './require-supported.ts';

type PackNeeds = Pick<PackManifest, 'dependencies' | 'requires'>;

/** A version as a lockfile has it. */
export interface LockedVersion {
  readonly version: string;
  readonly integrity?: string;
  readonly source?: string;
  readonly registry?: string;
  readonly revision?: string;
}

export interface FinderSettings {
  readonly installed: InstalledLock;
  /** References that name the place of an id. */
  readonly sources?: ReadonlyMap<string, PackReference>;
  /** Ids that folders of the project and of the settings do not hide: an upgrade asks where a pack came from. */
  readonly installedFirst?: ReadonlySet<string>;
  /** Ids of which every version is wanted that their place has, not only the one at hand. */
  readonly wide: ReadonlySet<string> | 'all';
  readonly locked?: ReadonlyMap<string, LockedVersion>;
  /** By id: the directory that the project has it from, where no folder of the project or the settings has it. Absolute. */
  readonly folders?: ReadonlyMap<string, string>;
  /** By id: the configured registry that decides about it. */
  readonly registries?: ReadonlyMap<string, string>;
  readonly options: FetchOptions;
}

export type FinderPorts = Pick<Ports, 'repository' | 'places' | 'store' | 'verifySignature' | 'toolVersion'>;

/**
 * Finds packs where docs/adr/0005-one-id-one-place.md says: an id comes from the first place in order that knows it, and no later place is
 * asked for that id. Answers are remembered, so that each place is asked once and each version is fetched once.
 */
export class PackFinder {
  readonly #settings: FinderSettings;
  readonly #ports: FinderPorts;
  readonly #found = new Map<string, Promise<FoundPack | undefined>>();
  readonly #fetched = new Map<FoundVersion, Promise<FetchedPack>>();
  #catalogue: Promise<readonly CatalogueEntry[]> | undefined;
  /** Ids of which less is offered than their place has. */
  readonly narrowed = new Set<string>();

  constructor(settings: FinderSettings, ports: FinderPorts) {
    this.#settings = settings;
    this.#ports = ports;
  }

  /** What the place that decides about an id has of it; `undefined` when no place knows it. */
  find(id: string): Promise<FoundPack | undefined> {
    return this.#remember(id, () => this.#find(id));
  }

  /** What a reference that names its place means. @throws PacksmithError `PACK_NOT_FOUND`, `SOURCE_UNSUPPORTED`, and those of the source. */
  async findReference(reference: PackReference): Promise<FoundPack> {
    const source = this.#ports.places.sources.find((candidate) => candidate.accepts(reference));
    const name = formatPackReference(reference);
    if (source === undefined && reference.kind !== 'path') {
      throw new PacksmithError('SOURCE_UNSUPPORTED', `packs cannot be read from ${name}`);
    }
    const found = source === undefined ? await this.#findFolder(reference) : await this.#askSource(source, reference, undefined);
    if (found === undefined) throw new PacksmithError('PACK_NOT_FOUND', `there is no pack at ${name}`);
    return found;
  }

  /** The bytes of a version, fetched once. */
  fetch(version: FoundVersion, options: FetchOptions = this.#settings.options): Promise<FetchedPack> {
    const known = this.#fetched.get(version) ?? version.fetch(options);
    this.#fetched.set(version, known);
    // A failure may be passing, as when a registry does not answer for a moment.
    known.catch(() => this.#fetched.delete(version));
    return known;
  }

  /** The pack of a version, whole. @throws PacksmithError as fetching does, and `MANIFEST_INVALID`. */
  async load(version: FoundVersion, options?: FetchOptions): Promise<Pack> {
    const pack = await this.#read(version, options);
    requireSupported(pack.manifest, this.#ports);
    return pack;
  }

  /** What a version needs, and of which versions of packsmith. @throws PacksmithError as fetching does, and `MANIFEST_INVALID`. */
  async needsOf(version: FoundVersion): Promise<PackNeeds> {
    const { dependencies, requires } = version;
    return dependencies === undefined ? (await this.#read(version)).manifest : { dependencies, requires };
  }

  /** Ids that are known without asking anybody. */
  async knownIds(): Promise<string[]> {
    return (await this.#ports.repository.list()).map(({ id }) => id);
  }

  async #read(version: FoundVersion, options?: FetchOptions): Promise<Pack> {
    const { files, integrity } = await this.fetch(version, options);
    const { id, version: number, source, provenance } = version;
    return loadPackTree(files, { id, version: number, source, provenance, integrity });
  }

  async #find(id: string): Promise<FoundPack | undefined> {
    if (!isPackName(id)) return undefined;
    const { sources, installed, installedFirst } = this.#settings;
    const named = sources?.get(id);
    if (named !== undefined) return this.findReference(named);
    const atHand = installedPackOf(installed, id);
    const local = (await this.#findLocal(id, ['project', 'directory', 'local'])) ?? (await this.#findRecorded(id));
    if (local !== undefined && (atHand === undefined || installedFirst?.has(id) !== true)) return local;
    if (atHand !== undefined && this.#isLockedOtherwise(atHand)) {
      const found = await this.#findWide(id, undefined);
      if (found?.versions.some(({ version }) => version === this.#settings.locked?.get(id)?.version)) return found;
    }
    return this.#narrow(id, atHand) ?? (await this.#findWide(id, atHand));
  }

  /** Whether the project's lockfile has another version, or other content, than what is installed. */
  #isLockedOtherwise({ id, version, integrity }: InstalledPack): boolean {
    const locked = this.#settings.locked?.get(id);
    return locked !== undefined && (locked.version !== version || (locked.integrity ?? integrity) !== integrity);
  }

  /** The version that is installed or locked and in the store, where that is enough. */
  #narrow(id: PackName, atHand: InstalledPack | undefined): FoundPack | undefined {
    const { wide } = this.#settings;
    if (atHand === undefined || wide === 'all' || wide.has(id)) return undefined;
    this.narrowed.add(id);
    return toFoundPack(id, [toInstalledVersion(atHand, this.#ports.store)]);
  }

  async #findWide(id: PackName, atHand: InstalledPack | undefined): Promise<FoundPack | undefined> {
    const locked = await this.#lockedVersion(id);
    if (locked !== undefined && atHand === undefined && this.#settings.wide !== 'all' && !this.#settings.wide.has(id)) {
      this.narrowed.add(id);
      return toFoundPack(id, [locked]);
    }
    const isKnown = atHand !== undefined || locked !== undefined;
    const found = await this.#tolerateAbsence(() => (atHand === undefined ? this.#findAnew(id) : this.#findAgain(atHand)), isKnown);
    const known = [
      ...(atHand === undefined ? [] : [toInstalledVersion(atHand, this.#ports.store)]),
      ...(locked === undefined ? [] : [locked]),
    ];
    const own = known.map((version) => withStatus(version, found?.versions));
    const others = (found?.versions ?? []).filter(({ version }) => own.every((mine) => mine.version !== version));
    return found === undefined && own.length === 0 ? undefined : { ...toFoundPack(id, [...others, ...own]), ...provenanceOf(found) };
  }

  async #findAnew(id: PackName): Promise<FoundPack | undefined> {
    const name = this.#settings.registries?.get(id);
    if (name === undefined) return (await this.#findLocal(id, ['builtin'])) ?? this.#askRegistries(id);
    const registry = this.#ports.places.registries.find((candidate) => candidate.name === name);
    if (registry !== undefined) return this.#askRegistry(id, registry);
    throw new PacksmithError('SOURCE_UNSUPPORTED', `${id} comes from the registry ${JSON.stringify(name)}, which is not configured`, {
      hint: `add [registries.${name}] to config.toml; \`packs config\` says where that is`,
    });
  }

  /** Asks the place that an installed pack came from; `undefined` when that place is no more. */
  async #findAgain(pack: InstalledPack): Promise<FoundPack | undefined> {
    if (pack.source === 'builtin') return this.#findLocal(pack.id, ['builtin']);
    if (pack.registry !== undefined) {
      const registry = this.#ports.places.registries.find(({ name }) => name === pack.registry);
      return registry && this.#askRegistry(pack.id, registry);
    }
    return this.findReference(withoutVersion(parsePackReference(originOf(pack))));
  }

  /** A place that is no more, or that cannot be asked offline, is no failure where a version is at hand. */
  async #tolerateAbsence(ask: () => Promise<FoundPack | undefined>, isAtHand: boolean): Promise<FoundPack | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (isAtHand && error instanceof PacksmithError && (error.code === 'PACK_NOT_FOUND' || error.code === 'OFFLINE_MISSING')) {
        return undefined;
      }
      throw error;
    }
  }

  async #askRegistries(id: PackName): Promise<FoundPack | undefined> {
    for (const registry of routeRegistries(id, this.#ports.places.registries)) {
      // In sequence: a later registry must not even be asked for an id that an earlier one knows.
      const found = await this.#askRegistry(id, registry);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #askRegistry(id: PackName, { source, name }: PackRegistry): Promise<FoundPack | undefined> {
    return this.#askSource(source, { kind: 'id', name: id }, name);
  }

  async #askSource(source: PackSource, reference: PackReference, registry: string | undefined): Promise<FoundPack | undefined> {
    const versions = await source.listVersions(reference, this.#settings.options);
    const [first] = versions ?? [];
    if (versions === undefined || first === undefined) return undefined;
    const found = versions.map((version): FoundVersion => {
      const locked = this.#lockedAs(version);
      return {
        ...version,
        version: locked?.version ?? version.version,
        provenance: withRevision(version.provenance, locked?.revision),
        source: formatPackReference(version.pinned),
        registry,
        treeIntegrity: undefined,
        bytes: version.unpackedBytes,
        fetch: (options) => this.#fetchFrom(source, version, options),
      };
    });
    return toFoundPack(first.id, found);
  }

  /** What the lockfile has exactly these bytes as, where they do not say it themselves. */
  #lockedAs({ isDerived, pinned }: AvailableVersion): LockedVersion | undefined {
    if (isDerived !== true) return undefined;
    const place = formatPackReference(pinned);
    return [...(this.#settings.locked?.values() ?? [])].find(({ source }) => source === place);
  }

  /** Also what is used without being installed must be signed as the policy asks. */
  async #fetchFrom(source: PackSource, version: AvailableVersion, options: FetchOptions): Promise<FetchedPack> {
    const fetched = await source.fetch(version, options);
    this.#ports.verifySignature?.({ ...version, source: formatPackReference(version.pinned) }, fetched);
    return fetched;
  }

  async #findFolder(reference: PackReference): Promise<FoundPack> {
    const pack = await this.#ports.repository.load(reference);
    return toFoundPack(pack.manifest.id, [toLocalVersion(pack, reference)]);
  }

  async #findLocal(id: PackName, kinds: readonly PackProvenance['kind'][]): Promise<FoundPack | undefined> {
    const entry = (await this.#list()).find((candidate) => candidate.id === id && kinds.includes(candidate.provenance.kind));
    if (entry === undefined) return undefined;
    if (entry.isBroken) {
      const message = `the pack ${id} in ${entry.provenance.location} has errors`;
      throw new PacksmithError('MANIFEST_INVALID', message, { diagnostics: entry.diagnostics });
    }
    const reference: PackReference = { kind: 'path', path: entry.provenance.location };
    const pack = { ...(await this.#ports.repository.load(reference)), provenance: entry.provenance };
    return toFoundPack(id, [toLocalVersion(pack, reference)]);
  }

  /** The pack in the directory that the project had it from; `undefined` where it is there no more. */
  async #findRecorded(id: PackName): Promise<FoundPack | undefined> {
    const path = this.#settings.folders?.get(id);
    if (path === undefined) return undefined;
    try {
      const found = await this.#findFolder({ kind: 'path', path });
      return found.id === id ? found : undefined;
    } catch (error) {
      if (error instanceof PacksmithError && error.code === 'PACK_NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** A version that a project's lockfile has and the store still holds, wherever it came from. */
  async #lockedVersion(id: PackName): Promise<FoundVersion | undefined> {
    const locked = this.#settings.locked?.get(id);
    const { integrity, source, revision } = locked ?? {};
    if (locked === undefined || integrity === undefined || source === undefined) return undefined;
    const files = (await this.#ports.store.check(integrity)) === 'intact' ? await this.#ports.store.read(integrity) : undefined;
    if (files === undefined) return undefined;
    const provenance = withRevision({ kind: 'installed', location: this.#ports.store.locate(integrity) }, revision);
    const pack = await loadPackTree(files, { id, version: locked.version, source, provenance, integrity });
    const reference: PackReference = source === 'builtin' ? { kind: 'id', name: id, range: locked.version } : parsePackReference(source);
    return { ...toLocalVersion(pack, reference), source, registry: locked.registry };
  }

  #list(): Promise<readonly CatalogueEntry[]> {
    this.#catalogue ??= this.#ports.repository.list({ without: 'installed' });
    return this.#catalogue;
  }

  #remember(key: string, ask: () => Promise<FoundPack | undefined>): Promise<FoundPack | undefined> {
    const known = this.#found.get(key) ?? ask();
    this.#found.set(key, known);
    // Whoever asked for it sees the failure; a prefetch nobody waits for must not end the process.
    known.catch(() => undefined);
    return known;
  }
}

function provenanceOf(found: FoundPack | undefined): Partial<Pick<FoundPack, 'provenance'>> {
  return found === undefined ? {} : { provenance: found.provenance };
}
