import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstalledLock } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { isVersionRange } from '../../core/pack/versions.ts';
import type { NoSolution } from '../../core/resolver/derivation.ts';
import type { DependenciesWanted, DependencyRange, Fact, FactProvider, UnusableFact, VersionsWanted } from '../../core/resolver/facts.ts';
import type { Resolution, ResolvedPack } from '../../core/resolver/resolution.ts';
import { levels } from '../../core/resolver/resolution-graph.ts';
import type { Demand } from '../../core/resolver/resolve-request.ts';
import { solve } from '../../core/resolver/solve.ts';
import { noSolutionError, suggestRemedies } from '../../core/resolver/suggest-remedies.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { FetchedPack, FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FoundPack, FoundVersion } from './found-pack.ts';
import { type FinderPorts, type LockedVersion, PackFinder } from './pack-finder.ts';
import { findUnsupported } from './require-supported.ts';

export type ResolvePorts = FinderPorts & Pick<Ports, 'reporter' | 'verifySignature'>;

export interface PackRequest {
  /** In the documented grammar; paths are absolute. */
  readonly reference: string;
  /** Who asks, as explanations name it; `project` for the project. */
  readonly requestedBy: string;
}

export interface ResolvePacksRequest {
  readonly demands: readonly PackRequest[];
  /** Versions to keep where they fit, by id; with source and integrity they are found in the store by content. */
  readonly locked?: ReadonlyMap<string, LockedVersion>;
  /** By id the version that the project has: yanking it bans it for others only, so that it stays where nothing newer fits. */
  readonly recorded?: ReadonlyMap<string, string>;
  /** Ranges that take the place of whatever is asked of a pack: `[overrides]` of packsmith.toml. */
  readonly overrides?: ReadonlyMap<string, string>;
  /** Ranges that a pack must be in as well. */
  readonly pins?: ReadonlyMap<string, string>;
  /** References that name the place of an id: `source` in packsmith.toml. */
  readonly sources?: ReadonlyMap<string, string>;
  /** By id: the configured registry that is asked for it, and no other place but folders. */
  readonly registries?: ReadonlyMap<string, string>;
  /** Packs of which pre-releases count as any other version. */
  readonly prereleases?: ReadonlySet<string>;
  /** The installed packs; read from the store when not given. */
  readonly installed?: InstalledLock;
  /** Ids whose recorded place decides, though a folder of the project has one of the same id. */
  readonly installedFirst?: ReadonlySet<string>;
  /** Ids of which newer versions than the installed one are looked for; the others are only where nothing else fits. */
  readonly refresh?: ReadonlySet<string> | 'all';
  /** Leave dependencies out. */
  readonly withoutDependencies?: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds; 30 000 unless told. */
  readonly timeLimit?: number;
}

/** One resolved pack, and the way to load it. */
export interface ResolvedPackEntry {
  readonly id: PackName;
  readonly version: string;
  /** As a lockfile records it: `builtin`, or a reference that finds the same bytes again, without credentials. */
  readonly source: string;
  readonly provenance: PackProvenance;
  readonly graph: ResolvedPack;
  readonly found: FoundVersion;
  /** Who wants it, as one clause. */
  readonly because: string;
  /** The reference by which it was asked for, and by whom; absent for what other packs bring. */
  readonly asked: PackRequest | undefined;
  readonly dependencies: readonly DependencyRange[];
  /** @throws PacksmithError as its source does, and `MANIFEST_INVALID`. */
  fetch(options?: FetchOptions): Promise<FetchedPack>;
  /** The pack, whole. @throws PacksmithError as `fetch` does. */
  load(): Promise<Pack>;
}

export interface ResolvedPacks {
  /** Dependencies before their dependents; within a level by id. */
  readonly packs: readonly ResolvedPackEntry[];
  /** Ids in groups: each depends only on earlier groups. */
  readonly levels: readonly (readonly string[])[];
  readonly resolution: Resolution;
  /** Deprecated packs, yanked ones that are kept because they are locked, and graphs deeper than recommended. */
  readonly warnings: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const TIME_LIMIT = 30_000;

/**
 * Resolves references to one version of every pack that is needed, each from the one place that decides about it.
 * What is installed or locked is taken without asking any place, as long as everything fits together that way.
 *
 * @throws PacksmithError `NO_SOLUTION` with the explanation and remedies that were tried; `PACK_NOT_FOUND` for a reference that no place knows;
 * `PLACE_CONFLICT`, `DEPENDENCY_CYCLE`, `LIMIT_EXCEEDED` (100 packs, 30 s), `REFERENCE_INVALID`, and those of the sources.
 */
export async function resolvePacks(request: ResolvePacksRequest, ports: ResolvePorts): Promise<ResolvedPacks> {
  const deadline = AbortSignal.timeout(request.timeLimit ?? TIME_LIMIT);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
  const installed = request.installed ?? (await ports.store.readInstalled()).lock;
  const attempt = async (refresh: ReadonlySet<string> | 'all'): Promise<ResolvedPacks | NoAnswer> => {
    const options: FetchOptions = { offline: request.offline, signal };
    const run = new ResolveRun({ request: { ...request, installed, refresh }, options, deadline }, ports);
    const outcome = await Promise.race([run.resolve(), rejectWhenOver(deadline)]);
    return outcome.kind === 'resolution' ? run.describe(outcome) : { noSolution: outcome, run };
  };
  try {
    const first = await attempt(request.refresh ?? new Set());
    if ('packs' in first) return first;
    const second = first.run.isNarrowed ? await attempt('all') : first;
    if ('packs' in second) return second;
    throw await second.run.explain(second.noSolution);
  } catch (error) {
    if (!deadline.aborted || request.signal?.aborted === true || isOwn(error)) throw error;
    throw new PacksmithError('LIMIT_EXCEEDED', 'the packs could not be resolved within 30 s', {
      hint: 'a registry may be slow; try again, or work from what was fetched before with --offline',
      cause: error,
    });
  }
}

/** Ends the wait for a source that does not heed its signal. */
function rejectWhenOver(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
  });
}

function isOwn(error: unknown): boolean {
  return error instanceof PacksmithError && error.code !== 'INTERRUPTED' && error.code !== 'SOURCE_UNREACHABLE';
}

interface NoAnswer {
  readonly noSolution: NoSolution;
  readonly run: ResolveRun;
}

interface RunSettings {
  readonly request: ResolvePacksRequest & { readonly installed: InstalledLock; readonly refresh: ReadonlySet<string> | 'all' };
  readonly options: FetchOptions;
  readonly deadline: AbortSignal;
}

/** One attempt: the search, and the facts it was told. */
class ResolveRun {
  readonly #settings: RunSettings;
  readonly #ports: ResolvePorts;
  readonly #places: Map<string, PackReference>;
  readonly #byPlace = new Map<string, FoundPack>();
  readonly #asked = new Map<string, PackRequest>();
  readonly #versions = new Map<string, FoundPack | undefined>();
  readonly #dependencies = new Map<FoundVersion, Promise<readonly DependencyRange[] | UnusableFact>>();
  readonly #known = new Map<string, readonly DependencyRange[] | UnusableFact>();
  readonly #finder: PackFinder;

  constructor(settings: RunSettings, ports: ResolvePorts) {
    const { installed, refresh: wide, installedFirst, locked, registries } = settings.request;
    this.#settings = settings;
    this.#ports = ports;
    this.#places = new Map([...(settings.request.sources ?? [])].map(([id, text]) => [id, parsePackReference(text)]));
    const chosen = { ...(installedFirst && { installedFirst }), ...(locked && { locked }), ...(registries && { registries }) };
    this.#finder = new PackFinder({ installed, sources: this.#places, wide, options: settings.options, ...chosen }, ports);
  }

  /** Whether other versions might give an answer that these did not. */
  get isNarrowed(): boolean {
    return this.#finder.narrowed.size > 0;
  }

  async resolve(): Promise<Resolution | NoSolution> {
    const { request, deadline } = this.#settings;
    const demands: Demand[] = [];
    for (const demand of await Promise.all(request.demands.map((asked) => this.#readDemand(asked)))) demands.push(demand);
    const { overrides, pins, prereleases } = request;
    const steering = { ...(overrides && { overrides }), ...(pins && { pins }), ...(prereleases && { prereleases }) };
    const locked = new Map([...(request.locked ?? [])].map(([id, { version }]) => [id, version]));
    const search = solve({ demands, locked, ...steering, isExpired: () => deadline.aborted });
    let turn = search.next();
    while (turn.done !== true) {
      // What is wanted soon is asked for at the same time; a failure counts only when the answer is needed.
      for (const soon of turn.value.soon) this.#answer(soon).catch(() => undefined);
      turn = search.next(await this.#answer(turn.value));
    }
    return turn.value;
  }

  describe(resolution: Resolution): ResolvedPacks {
    const grouped = levels(resolution);
    const byName = new Map(resolution.packs.map((pack) => [pack.pack, pack]));
    const packs = grouped.flat().flatMap((id) => {
      const graph = byName.get(id);
      const found = graph && this.#versionOf(id, graph.version);
      return graph === undefined || found === undefined ? [] : [this.#describeEntry(graph, found, resolution)];
    });
    const warnings = [...packs.flatMap(describeStatus), ...resolution.diagnostics.map(({ message }) => message)];
    return { packs, levels: grouped, resolution, warnings, diagnostics: resolution.diagnostics };
  }

  async explain(noSolution: NoSolution): Promise<PacksmithError> {
    const facts: FactProvider = {
      versions: (pack) => this.#versions.get(pack)?.versions.map((version) => this.#toAvailable(version)),
      dependencies: (pack, version) => this.#known.get(`${pack} ${version}`) ?? this.#stated(pack, version),
    };
    const knownNames = await this.#finder.knownIds();
    return noSolutionError(noSolution, suggestRemedies(noSolution, facts, { knownNames }));
  }

  /** What is fetched after the resolution is not under its time limit. */
  #laterOptions(): FetchOptions {
    const { offline, signal } = this.#settings.request;
    return { offline, ...(signal && { signal }) };
  }

  #rangesOf({ id, version }: FoundVersion): readonly DependencyRange[] {
    const known = this.#known.get(`${id} ${version}`);
    return known === undefined || 'kind' in known ? [] : known;
  }

  async #readDemand(asked: PackRequest): Promise<Demand> {
    const demand = await this.#toDemand(asked);
    this.#asked.set(demand.pack, asked);
    return demand;
  }

  async #toDemand({ reference: text, requestedBy }: PackRequest): Promise<Demand> {
    const reference = parsePackReference(text);
    if (reference.kind !== 'id') return this.#readPlace(reference, requestedBy);
    this.#ports.reporter.report({ kind: 'resolving', pack: reference.name });
    const found = await this.#findVersions(reference.name);
    if (found === undefined) throw await this.#notFound(reference.name);
    return { pack: reference.name, range: rangeOf(reference.range, found), requestedBy };
  }

  /** A reference that names its place decides where the pack comes from, whoever else needs it. */
  async #readPlace(reference: PackReference, requestedBy: string): Promise<Demand> {
    const found = await this.#finder.findReference(reference);
    const other = this.#byPlace.get(found.id);
    const named = this.#places.get(found.id);
    if (other !== undefined && other.provenance.location !== found.provenance.location) throw placeConflict(found, other);
    if (named !== undefined && formatPackReference(named) !== formatPackReference(reference)) {
      throw new PacksmithError(
        'PLACE_CONFLICT',
        `${found.id} is asked for from ${formatPackReference(reference)}, and its source is ${formatPackReference(named)}`,
      );
    }
    this.#byPlace.set(found.id, found);
    this.#versions.set(found.id, found);
    const isSingle = reference.kind !== 'npm';
    const range = isSingle ? found.versions[0]?.version : rangeOf(reference.range, found);
    return { pack: found.id, range: range ?? '*', requestedBy };
  }

  async #answer(wanted: VersionsWanted | DependenciesWanted): Promise<Fact> {
    if (wanted.kind === 'versions') {
      this.#ports.reporter.report({ kind: 'resolving', pack: wanted.pack });
      const found = await this.#findVersions(wanted.pack);
      return { kind: 'versions', versions: (found?.versions ?? []).map((version) => this.#toAvailable(version)) };
    }
    const version = this.#versionOf(wanted.pack, wanted.version);
    if (version === undefined) return { kind: 'unusable', reason: 'is gone' };
    const known = this.#dependencies.get(version) ?? this.#readDependencies(version);
    this.#dependencies.set(version, known);
    const answer = await known;
    this.#known.set(`${wanted.pack} ${wanted.version}`, answer);
    return 'kind' in answer ? answer : { kind: 'dependencies', dependencies: answer };
  }

  async #readDependencies(version: FoundVersion): Promise<readonly DependencyRange[] | UnusableFact> {
    if (this.#settings.request.withoutDependencies === true) return [];
    try {
      const { dependencies, requires } = await this.#finder.needsOf(version);
      const reason = findUnsupported(requires, this.#ports);
      if (reason !== undefined) return { kind: 'unusable', reason };
      return dependencies.map(({ id, version: range, optional }) => ({ pack: id, range, optional }));
    } catch (error) {
      if (error instanceof PacksmithError && error.code === 'MANIFEST_INVALID')
        return { kind: 'unusable', reason: 'has a manifest with errors' };
      throw error;
    }
  }

  async #findVersions(id: string): Promise<FoundPack | undefined> {
    const found = this.#byPlace.get(id) ?? (await this.#finder.find(id));
    // A place that was named meanwhile wins over what was found by id.
    this.#versions.set(id, this.#byPlace.get(id) ?? found);
    return this.#versions.get(id);
  }

  #toAvailable({ id, version, status }: FoundVersion): { readonly version: string; readonly yanked: boolean } {
    return { version, yanked: status === 'yanked' && this.#settings.request.recorded?.get(id) !== version };
  }

  #versionOf(id: string, version: string): FoundVersion | undefined {
    return this.#versions.get(id)?.versions.find((candidate) => candidate.version === version);
  }

  #stated(id: string, version: string): readonly DependencyRange[] | undefined {
    return this.#versionOf(id, version)?.dependencies?.map(({ id: pack, version: range, optional }) => ({ pack, range, optional }));
  }

  #describeEntry(graph: ResolvedPack, found: FoundVersion, resolution: Resolution): ResolvedPackEntry {
    const dependents = resolution.packs
      .filter(({ dependencies }) => dependencies.some(({ pack }) => pack === graph.pack))
      .map(({ pack }) => pack);
    const because =
      graph.requestedBy.length > 0 ? 'asked for' : `${dependents.join(', ')} ${dependents.length === 1 ? 'needs' : 'need'} it`;
    const { id, version, source, provenance } = found;
    return {
      id,
      version,
      source,
      provenance,
      graph,
      found,
      because,
      asked: this.#asked.get(id),
      dependencies: this.#rangesOf(found),
      fetch: (options = this.#laterOptions()) => this.#finder.fetch(found, options),
      load: () => this.#finder.load(found, this.#laterOptions()),
    };
  }

  async #notFound(id: string): Promise<PacksmithError> {
    const suggestions = nearest(id, new Set(await this.#finder.knownIds()));
    const hint =
      suggestions.length > 0
        ? `did you mean ${suggestions.join(' or ')}?`
        : `\`packs list\` shows every pack that is here; a folder is written as ./${id}`;
    return new PacksmithError('PACK_NOT_FOUND', `there is no pack ${JSON.stringify(id)}`, { hint, suggestions });
  }
}

/** A range stands for itself, the name of a tag for the version it points at; `latest` without such a tag for any release. */
function rangeOf(text: string | undefined, { id, versions }: FoundPack): string {
  if (text === undefined) return '*';
  if (isVersionRange(text)) return text;
  const tagged = versions.find(({ tags }) => tags.includes(text));
  if (tagged !== undefined) return tagged.version;
  if (text === 'latest') return '*';
  const tags = [...new Set(versions.flatMap((version) => version.tags))];
  throw new PacksmithError('PACK_NOT_FOUND', `${id} has no version with the tag ${JSON.stringify(text)}`, {
    hint: tags.length > 0 ? `it has ${tags.join(', ')}` : `\`packs show ${id} --versions\` lists its versions`,
  });
}

function placeConflict(one: FoundPack, other: FoundPack): PacksmithError {
  return new PacksmithError(
    'PLACE_CONFLICT',
    `${one.id} is asked for from ${one.provenance.location} and from ${other.provenance.location}`,
  );
}

function describeStatus({ id, version, found }: ResolvedPackEntry): string[] {
  const notice = found.notice === undefined ? '' : `: ${found.notice}`;
  if (found.status === 'deprecated') return [`${id} ${version} is deprecated${notice}`];
  if (found.status === 'yanked') return [`${id} ${version} was withdrawn and is kept because it is locked${notice}`];
  return [];
}
