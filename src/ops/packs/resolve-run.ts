import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstalledLock } from '../../core/install/installed-lock.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { unknownPack } from '../../core/pack/unknown-pack.ts';
import { isVersionRange } from '../../core/pack/versions.ts';
import type { NoSolution } from '../../core/resolver/derivation.ts';
import type { DependenciesWanted, DependencyRange, Fact, FactProvider, UnusableFact, VersionsWanted } from '../../core/resolver/facts.ts';
import type { Resolution, ResolvedPack } from '../../core/resolver/resolution.ts';
import { levels } from '../../core/resolver/resolution-graph.ts';
import type { Demand } from '../../core/resolver/resolve-request.ts';
import { solve } from '../../core/resolver/solve.ts';
import { noSolutionError, suggestRemedies } from '../../core/resolver/suggest-remedies.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { FoundPack, FoundVersion } from './found-pack.ts';
import { PackFinder } from './pack-finder.ts';
import { findUnsupported } from './require-supported.ts';
import type { PackRequest, ResolvedPackEntry, ResolvedPacks, ResolvePacksRequest, ResolvePorts } from './resolved-packs.ts';

interface RunSettings {
  readonly request: ResolvePacksRequest & { readonly installed: InstalledLock; readonly refresh: ReadonlySet<string> | 'all' };
  readonly options: FetchOptions;
  readonly deadline: AbortSignal;
}

/** One attempt: the search, and the facts it was told. */
export class ResolveRun {
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
    const { installed, refresh: wide, installedFirst, locked, registries, folders } = settings.request;
    this.#settings = settings;
    this.#ports = ports;
    this.#places = new Map([...(settings.request.sources ?? [])].map(([id, text]) => [id, parsePackReference(text)]));
    const chosen = {
      ...(installedFirst && { installedFirst }),
      ...(locked && { locked }),
      ...(registries && { registries }),
      ...(folders && { folders }),
    };
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
    return unknownPack(id, await this.#finder.knownIds());
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
