import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { installedPackOf } from '../../core/install/installed-lock.ts';
import type { PackProvenance } from '../../core/pack/pack-manifest.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { compareVersions } from '../../core/pack/versions.ts';
import { type FinderPorts, PackFinder } from './pack-finder.ts';
import { anchorReference } from './plan-install.ts';

export interface ListVersionsRequest {
  readonly reference: string;
  readonly workingDirectory: string;
  readonly offline: boolean;
  /** By id: the directory that a project has it from. Absolute. */
  readonly folders?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

export interface PackVersions {
  readonly id: string;
  /** The one place that decides about the id. */
  readonly place: PackProvenance;
  /** Newest first. */
  readonly versions: readonly {
    readonly version: string;
    readonly status: 'available' | 'deprecated' | 'yanked';
    readonly notice: string | null;
    readonly tags: readonly string[];
    readonly isInstalled: boolean;
  }[];
  /** Folders that have a pack of this id too, and which is not used because of the place. */
  readonly hidden: readonly { readonly version: string; readonly place: PackProvenance }[];
}

/** The versions of a pack, from the place that decides about it, and what that place hides. @throws PacksmithError `PACK_NOT_FOUND`, and those of the sources. */
export async function listVersions(request: ListVersionsRequest, ports: FinderPorts): Promise<PackVersions> {
  const { lock } = await ports.store.readInstalled();
  const options = { offline: request.offline, ...(request.signal && { signal: request.signal }) };
  const finder = new PackFinder({ installed: lock, wide: 'all', options, ...(request.folders && { folders: request.folders }) }, ports);
  const reference = anchorReference(parsePackReference(request.reference), request.workingDirectory);
  const found = await (reference.kind === 'id' ? finder.find(reference.name) : finder.findReference(reference));
  if (found === undefined) throw new PacksmithError('PACK_NOT_FOUND', `there is no pack ${JSON.stringify(request.reference)}`);
  const installed = installedPackOf(lock, found.id)?.version;
  const hidden = (await ports.repository.list()).filter(({ id, shadowedBy }) => id === found.id && shadowedBy !== undefined);
  return {
    id: found.id,
    place: found.provenance,
    versions: [...found.versions]
      .sort((a, b) => compareVersions(b.version, a.version))
      .map(({ version, status, notice = null, tags }) => ({ version, status, notice, tags, isInstalled: version === installed })),
    hidden: hidden.map(({ version, provenance }) => ({ version, place: provenance })),
  };
}
