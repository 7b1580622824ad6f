import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { EMPTY_INSTALLED_LOCK } from '../../core/install/installed-lock.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { FoundPack, FoundVersion } from './found-pack.ts';
import { type FinderPorts, PackFinder } from './pack-finder.ts';
import { withRevision } from './pack-origin.ts';

/** What finds the bytes of one exact version again, as plans and locks record it. */
export interface PinnedPack {
  readonly id: string;
  readonly version: string;
  readonly source: string;
  readonly registry?: string | undefined;
  readonly revision?: string | undefined;
}

/** Finds a recorded version at the place that is recorded with it, and nowhere else. @throws PacksmithError `PACK_NOT_FOUND`, and those of the sources. */
export async function findPinned(pinned: PinnedPack, options: FetchOptions, ports: FinderPorts): Promise<FoundVersion> {
  const { id, version, source, registry, revision } = pinned;
  const found = await findPlace(pinned, options, ports);
  const exact = found?.versions.find((candidate) => candidate.id === id && candidate.version === version);
  if (exact !== undefined) return { ...exact, provenance: withRevision(exact.provenance, revision) };
  const derived = found?.versions.find((candidate) => candidate.isDerived === true && candidate.source === source);
  if (derived !== undefined) return { ...derived, version, provenance: withRevision(derived.provenance, revision) };
  const place = registry === undefined ? source : `the registry ${registry}`;
  throw new PacksmithError('PACK_NOT_FOUND', `${id} ${version} is no longer to be had from ${place}`, {
    hint: `\`packs install ${id}\` takes what there is now`,
  });
}

async function findPlace({ id, source, registry }: PinnedPack, options: FetchOptions, ports: FinderPorts): Promise<FoundPack | undefined> {
  const settings = { installed: EMPTY_INSTALLED_LOCK, wide: 'all', options } as const;
  if (source === 'builtin') {
    const shipped = (await ports.repository.list()).filter(({ provenance }) => provenance.kind === 'builtin');
    return new PackFinder(settings, { ...ports, repository: withEntries(shipped, ports), places: { sources: [], registries: [] } }).find(
      id,
    );
  }
  if (registry === undefined) return new PackFinder(settings, ports).findReference(parsePackReference(source));
  const registries = ports.places.registries.filter(({ name }) => name === registry).map((known) => ({ ...known, scopes: [] }));
  return new PackFinder(settings, { ...ports, repository: withEntries([], ports), places: { sources: [], registries } }).find(id);
}

type Repository = FinderPorts['repository'];

/** The same repository with fewer packs in it. */
function withEntries(entries: Awaited<ReturnType<Repository['list']>>, { repository }: FinderPorts): Repository {
  return {
    list: async () => entries,
    load: (reference) => repository.load(reference),
    inspect: (reference) => repository.inspect(reference),
    survey: () => repository.survey(),
  };
}
