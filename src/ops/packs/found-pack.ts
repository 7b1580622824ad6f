import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstalledPack } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackDependency, PackProvenance } from '../../core/pack/pack-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import type { AvailableVersion, FetchedPack, FetchOptions } from '../../ports/pack-source.ts';
import type { PackStore } from '../../ports/pack-store.ts';

/** One version of a pack, and the way to its bytes. */
export interface FoundVersion extends AvailableVersion {
  /** `builtin`, or a reference that finds exactly these bytes, without credentials. */
  readonly source: string;
  /** The configured registry that has it. */
  readonly registry: string | undefined;
  /** Of the whole tree, where it is known already. */
  readonly treeIntegrity: string | undefined;
  readonly bytes: number | undefined;
  fetch(options: FetchOptions): Promise<FetchedPack>;
}

/** All that the one place which decides about an id has of it. */
export interface FoundPack {
  readonly id: PackName;
  readonly provenance: PackProvenance;
  /** Newest first. */
  readonly versions: readonly FoundVersion[];
}

/** All versions, newest first, of one place. */
export function toFoundPack(id: PackName, versions: readonly FoundVersion[]): FoundPack {
  return { id, versions, provenance: versions[0]?.provenance ?? { kind: 'installed', location: '' } };
}

/** What its place says of a version that is at hand. */
export function withStatus(version: FoundVersion, listed: readonly FoundVersion[] = []): FoundVersion {
  const same = listed.find((candidate) => candidate.version === version.version);
  return same === undefined ? version : { ...version, status: same.status, notice: same.notice, tags: same.tags };
}

/** A version that is at hand, read. */
export function toLocalVersion(pack: Pack, reference: PackReference): FoundVersion {
  const { manifest, provenance, integrity, files } = pack;
  let bytes = 0;
  for (const { content } of files.values()) bytes += content.length;
  return {
    id: manifest.id,
    version: manifest.version,
    dependencies: manifest.dependencies,
    requires: manifest.requires,
    status: 'available',
    notice: undefined,
    integrity: undefined,
    pinned: reference,
    tags: [],
    provenance,
    source: provenance.kind === 'builtin' ? 'builtin' : formatPackReference(reference),
    registry: undefined,
    treeIntegrity: integrity,
    bytes,
    fetch: async () => ({ files, integrity, archiveIntegrity: undefined }),
  };
}

/** A version that is installed; its bytes are read when they are wanted. */
export function toInstalledVersion(pack: InstalledPack, store: PackStore): FoundVersion {
  return {
    id: pack.id,
    version: pack.version,
    dependencies: [...toDependencies(pack.dependencies, false), ...toDependencies(pack.optional, true)],
    status: 'available',
    notice: undefined,
    integrity: pack.archiveIntegrity,
    pinned: pack.source === 'builtin' ? { kind: 'id', name: pack.id, range: pack.version } : parsePackReference(pack.source),
    tags: [],
    provenance: { kind: 'installed', location: store.locate(pack.integrity) },
    source: pack.source,
    registry: pack.registry,
    treeIntegrity: pack.integrity,
    bytes: pack.bytes,
    fetch: () => readStored(pack, store),
  };
}

async function readStored({ id, version, integrity, archiveIntegrity }: InstalledPack, store: PackStore): Promise<FetchedPack> {
  const files = await store.read(integrity);
  if (files !== undefined) return { files, integrity, archiveIntegrity };
  throw new PacksmithError('STORE_DAMAGED', `${id} ${version} is installed, but missing in the store`);
}

function toDependencies(ranges: Readonly<Record<string, string>>, optional: boolean): PackDependency[] {
  return Object.entries(ranges).map(([id, version]) => ({ id: id as PackName, version, optional, reason: undefined }));
}
