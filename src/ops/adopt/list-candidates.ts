import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { EMPTY_INSTALLED_LOCK } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { isInRange } from '../../core/pack/versions.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { FoundVersion } from '../packs/found-pack.ts';
import { type FinderPorts, PackFinder } from '../packs/pack-finder.ts';
import type { PackDemand } from '../project/load-packs.ts';

export interface CandidatesRequest {
  readonly demand: PackDemand;
  readonly options: FetchOptions;
  /** How many versions are loaded. */
  readonly limit: number;
}

export interface Candidates {
  /** Newest first. */
  readonly candidates: readonly Pack[];
  /** How many versions there are besides. */
  readonly notCompared: number;
  readonly reference: PackReference;
  /** What finds exactly one of the candidates, where the reference alone would find another. */
  readonly exact: ReadonlyMap<Pack, string>;
}

/**
 * The versions of a pack that a reference can mean, the newest ones whole. Yanked ones are none, and pre-releases only where the range names them;
 * one that cannot be had is left out. A repository without a revision is what it is now, and its releases.
 * @throws PacksmithError `PACK_NOT_FOUND`, those of the sources, and where none can be had why the newest cannot.
 */
export async function listCandidates({ demand, options, limit }: CandidatesRequest, ports: FinderPorts): Promise<Candidates> {
  const finder = new PackFinder({ installed: EMPTY_INSTALLED_LOCK, wide: 'all', options }, ports);
  const reference = parsePackReference(demand.reference);
  const found = reference.kind === 'id' ? await finder.find(reference.name) : await finder.findReference(reference);
  if (found === undefined)
    throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${demand.reference}`, { hint: '`packs search` looks for packs' });
  // Every other form names its one version itself, a commit between two releases too.
  const isById = reference.kind === 'id' || reference.kind === 'npm';
  const usable = isById ? found.versions.filter((version) => isUsable(version, reference.range)) : found.versions;
  const source = ports.places.sources.find((candidate) => candidate.accepts(reference));
  const releases = (await source?.listReleases?.(reference, options)) ?? [];
  const wanted: Wanted[] = [
    ...usable.map((version) => ({ find: async () => version })),
    ...releases.map((release) => ({
      find: async () => (await finder.findReference(release)).versions[0],
      exact: `${demand.reference}#${release.ref}`,
    })),
  ];
  const compared = wanted.slice(0, limit);
  const loaded = await Promise.all(compared.map((one) => tryLoad(finder, one)));
  const packs = loaded.filter((one): one is Loaded => !(one instanceof PacksmithError));
  const [failure] = loaded;
  if (packs.length === 0 && failure instanceof PacksmithError) throw failure;
  // The newest release of a repository may be what it is now.
  const distinct = packs.filter(({ pack }, index) => packs.findIndex((other) => other.pack.integrity === pack.integrity) === index);
  return {
    candidates: distinct.map(({ pack }) => pack),
    notCompared: wanted.length - compared.length,
    reference,
    exact: new Map(distinct.flatMap(({ pack, exact }) => (exact === undefined ? [] : [[pack, exact]]))),
  };
}

interface Wanted {
  readonly find: () => Promise<FoundVersion | undefined>;
  readonly exact?: string;
}

type Loaded = Pick<Wanted, 'exact'> & { readonly pack: Pack };

/** The reference to one version, where its form can name one. */
export function exactReference(reference: PackReference, version: string): string | undefined {
  if (reference.kind === 'id') return `${reference.name}@${version}`;
  return reference.kind === 'npm' ? `npm:${reference.name}@${version}` : undefined;
}

function isUsable({ version, status, tags }: FoundVersion, range: string | undefined): boolean {
  if (status === 'yanked') return false;
  if (range === undefined) return !version.includes('-');
  return tags.includes(range) || isInRange(version, range);
}

async function tryLoad(finder: PackFinder, { find, ...rest }: Wanted): Promise<Loaded | PacksmithError> {
  try {
    const version = await find();
    if (version === undefined) return new PacksmithError('PACK_NOT_FOUND', 'there is no version');
    return { pack: await finder.load(version), ...rest };
  } catch (error) {
    if (error instanceof PacksmithError && error.code !== 'INTERRUPTED') return error;
    throw error;
  }
}
