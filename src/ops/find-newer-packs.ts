import { compareVersions } from '../core/pack/versions.ts';
import type { Ports } from '../ports/ports.ts';
import { demandsOf } from './demands.ts';
import { requireProject } from './load-project.ts';
import { type ResolvePorts, resolvePacks } from './resolve-packs.ts';

/** A pack of a project of which a newer version fits. */
export interface NewerPack {
  readonly id: string;
  readonly version: string;
  /** What `packs update` would bring. */
  readonly newer: string;
}

export interface NewerPacksRequest {
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** The packs of which `packs update` would bring a newer version. @throws PacksmithError `PROJECT_NOT_FOUND`, and as `resolvePacks` does. */
export async function findNewerPacks(
  { offline, signal }: NewerPacksRequest,
  ports: ResolvePorts & Pick<Ports, 'project'>,
): Promise<readonly NewerPack[]> {
  const { manifest, lockfile } = await requireProject(ports);
  const { root } = ports.project;
  const demands = demandsOf({ references: [], packs: manifest?.packs ?? [], places: { workingDirectory: root, root } });
  const resolved = await resolvePacks(
    {
      demands: demands.map(({ reference }) => ({ reference, requestedBy: 'project' })),
      overrides: manifest?.overrides ?? new Map(),
      refresh: 'all',
      offline,
      ...(signal && { signal }),
    },
    ports,
  );
  return lockfile.packs.flatMap(({ id, version }) => {
    const newer = resolved.packs.find((entry) => entry.id === id)?.version;
    return newer !== undefined && compareVersions(newer, version) > 0 ? [{ id, version, newer }] : [];
  });
}
