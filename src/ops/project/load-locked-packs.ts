import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedPack, Lockfile } from '../../core/lockfile/lockfile.ts';
import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { FetchOptions } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { findPinned } from '../packs/find-pinned.ts';
import type { FinderPorts } from '../packs/pack-finder.ts';
import { withRevision } from '../packs/pack-origin.ts';
import { loadPackTree, withLanguage } from '../packs/read-pack-tree.ts';
import type { LoadedPack } from './loaded-pack.ts';

export interface LoadLockedRequest extends FetchOptions {
  readonly lockfile: Lockfile;
  readonly manifest: ProjectManifest;
}

export interface AbsentPack {
  readonly id: string;
  readonly version: string;
  /** One clause that names the pack. */
  readonly reason: string;
}

export interface LockedPacks {
  /** In order of composition. */
  readonly packs: readonly LoadedPack[];
  readonly absent: readonly AbsentPack[];
}

type LockedPorts = FinderPorts & Pick<Ports, 'project'>;

/** Loads the packs of a lockfile at exactly their versions: from the store by content, else from the place that is recorded. What cannot be had is listed. */
export async function loadLockedPacks(request: LoadLockedRequest, ports: LockedPorts): Promise<LockedPacks> {
  const listed = new Set<string>(request.manifest.packs.map(({ id }) => id));
  const outcomes = await Promise.all(
    request.lockfile.packs.map(async (locked): Promise<LoadedPack | AbsentPack> => {
      try {
        const pack = await loadLocked(locked, request, ports);
        return { pack, source: locked.source, because: listed.has(locked.id) ? 'asked for' : 'locked', isFoundById: false };
      } catch (error) {
        if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
        return { id: locked.id, version: locked.version, reason: error.message };
      }
    }),
  );
  return {
    packs: outcomes.filter((outcome): outcome is LoadedPack => 'pack' in outcome),
    absent: outcomes.filter((outcome): outcome is AbsentPack => 'reason' in outcome),
  };
}

async function loadLocked(locked: LockedPack, options: FetchOptions, ports: LockedPorts): Promise<Pack> {
  const pack = (await readStored(locked, ports)) ?? (await readLocal(locked, ports)) ?? (await fetchPinned(locked, options, ports));
  const { version } = pack.manifest;
  if (version === locked.version) return pack;
  throw new PacksmithError(
    'PACK_NOT_FOUND',
    `${locked.id} ${locked.version} is no longer to be had from ${locked.source}, which has ${version} now`,
  );
}

async function readStored({ id, version, source, integrity, revision }: LockedPack, { store }: LockedPorts): Promise<Pack | undefined> {
  const files = (await store.check(integrity)) === 'intact' ? await store.read(integrity) : undefined;
  if (files === undefined) return undefined;
  const provenance = withRevision({ kind: 'installed', location: store.locate(integrity) }, revision);
  const pack = await loadPackTree(files, { id, version, source, provenance, integrity });
  return pack.manifest.id === id ? pack : undefined;
}

/** A pack that is recorded by the kind of its place or by a path: it is there in one version, whichever that is now. */
async function readLocal({ id, version, source }: LockedPack, { repository, project }: LockedPorts): Promise<Pack | undefined> {
  if (source.startsWith('.')) return withLanguage(await repository.load({ kind: 'path', path: resolve(project.root, source) }));
  if (source !== 'project' && source !== 'directory' && source !== 'builtin') return undefined;
  const entry = (await repository.list({ without: 'installed' })).find(
    (candidate) => candidate.id === id && candidate.provenance.kind === source && !candidate.isBroken,
  );
  if (entry === undefined)
    throw new PacksmithError('PACK_NOT_FOUND', `${id} ${version} is no longer to be had: no pack of that id is there (${source})`);
  return withLanguage(await repository.load({ kind: 'path', path: entry.provenance.location }));
}

async function fetchPinned(locked: LockedPack, options: FetchOptions, ports: LockedPorts): Promise<Pack> {
  const found = await findPinned(locked, options, ports);
  const { files, integrity } = await found.fetch(options);
  return loadPackTree(files, { ...found, integrity });
}
