import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { installedPackOf } from '../../core/install/installed-lock.ts';
import type { Ports } from '../../ports/ports.ts';
import { installPacks } from '../packs/install-packs.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';
import type { LoadedPack } from './loaded-pack.ts';

export interface InstallMissingRequest {
  /** The packs of a plan. */
  readonly packs: readonly LoadedPack[];
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

/** Kinds of places that may not be there the next time. */
const REMOTE_KINDS: readonly string[] = ['npm', 'git', 'archive', 'folder'];

/**
 * Installs the packs of a plan that came over a network, so that the project can be updated without it. An installed pack of another version
 * stays as it is; a warning names what cannot be installed beside others.
 * @throws PacksmithError as `installPacks` does, `NO_SOLUTION` excepted.
 */
export async function installMissing(
  { packs, offline, signal }: InstallMissingRequest,
  ports: ResolvePorts & Pick<Ports, 'project'>,
): Promise<readonly string[]> {
  const { lock } = await ports.store.readInstalled();
  const isInTheWay = ({ pack: { manifest, integrity } }: LoadedPack): boolean => {
    const installed = installedPackOf(lock, manifest.id);
    return installed !== undefined && installed.integrity !== integrity;
  };
  // Templates of other tools are found again by their commit or archive, which the caches keep.
  const installable = packs.filter(({ pack }) => pack.foreign === undefined && pack.translated === undefined);
  const remote = installable.filter((entry) => REMOTE_KINDS.includes(entry.pack.provenance.kind) && !isInTheWay(entry));
  if (remote.length === 0) return [];
  // Places on disk are recorded relative to the project.
  const workingDirectory = ports.project.root;
  const references = remote.map(({ pack, source, isFoundById }) => (isFoundById ? `${pack.manifest.id}@${pack.manifest.version}` : source));
  try {
    await installPacks({ references, workingDirectory, offline, ...(signal && { signal }) }, ports);
    return [];
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code !== 'NO_SOLUTION') throw error;
    return [`${references.join(', ')} cannot be installed beside what is installed; the project is generated all the same`];
  }
}
