import { isBehind } from '../../core/foreign/commit-release.ts';
import { selectUpgrade } from '../../core/install/select-upgrade.ts';
import type { LockedPack } from '../../core/lockfile/lockfile.ts';
import { compareVersions, isInRange } from '../../core/pack/versions.ts';
import type { Ports } from '../../ports/ports.ts';
import { listVersions } from '../packs/list-versions.ts';
import type { FinderPorts } from '../packs/pack-finder.ts';
import { resolvePacks } from '../packs/resolve-packs.ts';
import type { ResolvedPackEntry, ResolvePorts } from '../packs/resolved-packs.ts';
import { demandsOf } from './demands.ts';
import { requireManifest, requireProject } from './load-project.ts';
import { recordedFolders } from './relative-source.ts';

/** A pack of a project of which a newer version fits. */
export interface NewerPack {
  readonly id: string;
  readonly version: string;
  /** What `packs update` would bring. */
  readonly newer: string;
}

/** A pack that is worked on, and has other content than the project has of it, though no newer version. */
export interface ChangedPack {
  readonly id: string;
  readonly version: string;
  /** Where it is, as packsmith.lock says. */
  readonly source: string;
}

/** What `packs update` would bring. */
export interface PackUpdates {
  readonly newer: readonly NewerPack[];
  readonly changed: readonly ChangedPack[];
}

/** A pack of which the range in packsmith.toml keeps a newer version out. */
export interface PackBeyondRange {
  readonly id: string;
  readonly version: string;
  readonly latest: string;
  readonly range: string;
}

export interface NewerPacksRequest {
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** The newest releases that ranges keep out, of packs with a range. @throws PacksmithError `PROJECT_NOT_FOUND`, and as `listVersions` does. */
export async function findBeyondRange(
  { offline, signal }: NewerPacksRequest,
  ports: FinderPorts & Pick<Ports, 'project' | 'reporter'>,
): Promise<readonly PackBeyondRange[]> {
  const { manifest, lockfile } = await requireProject(ports);
  const { root } = ports.project;
  const ranged = (manifest?.packs ?? []).filter(({ source, version }) => version !== undefined && (source ?? 'npm:').startsWith('npm:'));
  const found = ranged.map(async ({ id, version: range = '', source }): Promise<PackBeyondRange[]> => {
    const reference = (source ?? id).replace(/(?<=.)@[^/]*$/, '');
    const request = {
      reference,
      workingDirectory: root,
      offline,
      folders: recordedFolders(lockfile.packs, root),
      ...(signal && { signal }),
    };
    const { versions } = await listVersions(request, ports);
    const locked = lockfile.packs.find((pack) => pack.id === id)?.version;
    if (locked === undefined) return [];
    const { latest } = selectUpgrade({ installed: locked, versions, reach: 'latest', range: undefined });
    return latest === undefined || isInRange(latest, range) ? [] : [{ id, version: locked, latest, range }];
  });
  return (await Promise.all(found)).flat();
}

/** The packs of which `packs update` would bring a newer version, or other content of the same one. @throws PacksmithError `PROJECT_NOT_FOUND`, `PACKS_NOT_LISTED`, and as `resolvePacks` does. */
export async function findNewerPacks(
  { offline, signal }: NewerPacksRequest,
  ports: ResolvePorts & Pick<Ports, 'project'>,
): Promise<PackUpdates> {
  const { manifest, lockfile } = await requireManifest(ports);
  const { root } = ports.project;
  const demands = demandsOf({ references: [], packs: manifest.packs, places: { workingDirectory: root, root } });
  const resolved = await resolvePacks(
    {
      demands: demands.map(({ reference }) => ({ reference, requestedBy: 'project' })),
      recorded: new Map(lockfile.packs.map(({ id, version }) => [id, version])),
      folders: recordedFolders(lockfile.packs, root),
      overrides: manifest.overrides,
      refresh: 'all',
      offline,
      ...(signal && { signal }),
    },
    ports,
  );
  const found = lockfile.packs.flatMap((locked) => {
    const entry = resolved.packs.find(({ id }) => id === locked.id);
    return entry === undefined || isBehind(entry, locked)
      ? []
      : [{ locked, entry, isNewer: compareVersions(entry.version, locked.version) > 0 }];
  });
  const others = found.filter(({ isNewer, entry, locked }) => !isNewer && mayDiffer(entry, locked));
  const changed = others.map(async ({ locked: { id, version, source, integrity }, entry }): Promise<ChangedPack[]> => {
    const now = await entry.fetch({ offline, ...(signal && { signal }) });
    return now.integrity === integrity ? [] : [{ id, version, source }];
  });
  return {
    newer: found.flatMap(({ isNewer, locked: { id, version }, entry }) => (isNewer ? [{ id, version, newer: entry.version }] : [])),
    changed: (await Promise.all(changed)).flat(),
  };
}

/** Whether a place may have other content than before under one version; registries, and commits, never have. */
function mayDiffer({ provenance: { kind }, source }: ResolvedPackEntry, locked: LockedPack): boolean {
  return WORKED_ON.includes(kind) || (kind === 'git' && source !== locked.source);
}

const WORKED_ON: readonly string[] = ['project', 'directory', 'local', 'archive'];
