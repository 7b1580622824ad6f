import type { LockedPack } from '../../core/lockfile/lockfile.ts';
import type { ProjectPack } from '../../core/manifest/project-manifest.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import type { Ports } from '../../ports/ports.ts';
import type { FoundVersion } from '../packs/found-pack.ts';
import { type FinderPorts, PackFinder } from '../packs/pack-finder.ts';
import { withoutVersion } from '../packs/pack-origin.ts';
import type { NewerPacksRequest } from './find-newer-packs.ts';
import { requireProject } from './load-project.ts';
import { recordedFolders } from './relative-source.ts';

/** A pack of a project whose publisher advises against the version that the project has. */
export interface MarkedPack {
  readonly id: string;
  readonly version: string;
  readonly status: 'deprecated' | 'yanked';
  /** The reason, where the publisher gives one. */
  readonly notice: string | null;
}

/**
 * The packs of packsmith.lock, dependencies as well, of which the locked version is deprecated or yanked by now.
 * @throws PacksmithError `PROJECT_NOT_FOUND`, and those of the sources.
 */
export async function findMarkedPacks(
  { offline, signal }: NewerPacksRequest,
  ports: FinderPorts & Pick<Ports, 'project' | 'reporter'>,
): Promise<readonly MarkedPack[]> {
  const { manifest, lockfile } = await requireProject(ports);
  const registries = lockfile.packs.flatMap(({ id, registry }) => (registry === undefined ? [] : [[id, registry] as const]));
  const { lock: installed } = await ports.store.readInstalled();
  const options = { offline, ...(signal && { signal }) };
  const folders = recordedFolders(lockfile.packs, ports.project.root);
  const finder = new PackFinder({ installed, registries: new Map(registries), folders, wide: 'all', options }, ports);
  const marked = lockfile.packs.map(async (locked): Promise<MarkedPack[]> => {
    const listed = await listLocked(locked, manifest?.packs.find(({ id }) => id === locked.id)?.source, finder);
    const { status, notice = null } = listed.find(({ version }) => version === locked.version) ?? {};
    if (status === undefined || status === 'available') return [];
    return [{ id: locked.id, version: locked.version, status, notice }];
  });
  return (await Promise.all(marked)).flat();
}

/** What the place of a locked pack has; nothing is ever marked in a folder, an archive or a repository. */
async function listLocked({ id }: LockedPack, source: ProjectPack['source'], finder: PackFinder): Promise<readonly FoundVersion[]> {
  if (source === undefined) return (await finder.find(id))?.versions ?? [];
  const reference = parsePackReference(source);
  return reference.kind === 'npm' ? (await finder.findReference(withoutVersion(reference))).versions : [];
}
