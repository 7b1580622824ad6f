import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import {
  type InstallPlan,
  isEmptyPlan,
  lockAfter,
  makeInstallPlan,
  type StoredFacts,
  type WantedPack,
} from '../../core/install/install-plan.ts';
import type { InstalledLock } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { isInRange } from '../../core/pack/versions.ts';
import { BUNDLE_FILE, type BundledPack, type BundledTree, parseBundle } from '../../core/publish/bundle.ts';
import type { SigningTools } from '../../core/signing/signing-tools.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import type { StoreTransaction } from '../../ports/pack-store.ts';
import type { Ports } from '../../ports/ports.ts';
import { readPackTree, treeBytes } from '../packs/read-pack-tree.ts';

export interface ImportRequest {
  /** Absolute: an archive of one pack, or a bundle. */
  readonly file: string;
  /** What the file must be, when that was told by another way. */
  readonly integrity?: string;
  readonly signal?: AbortSignal;
}

export interface PlannedImport {
  readonly plan: InstallPlan;
  /** `sha512-…` of the file. */
  readonly integrity: string;
  /** By id. */
  readonly trees: ReadonlyMap<string, FileTree>;
}

export type ImportPorts = Pick<Ports, 'store' | 'repository' | 'verifySignature'> & {
  readonly packFiles: PackFiles;
  readonly tools: SigningTools;
};

/**
 * Reads an archive or a bundle and verifies everything in it: each tree against its integrity, each manifest, each signature as the policy asks, and
 * that nothing is missing which the packs need. Changes nothing, and never touches a network.
 * @throws PacksmithError `FILE_NOT_FOUND`, `ARCHIVE_REFUSED`, `BUNDLE_INVALID`, `INTEGRITY_MISMATCH`, `MANIFEST_INVALID`, `NO_SOLUTION`, those of signatures.
 */
export async function planImport(request: ImportRequest, ports: ImportPorts): Promise<PlannedImport> {
  const archive = await ports.packFiles.readArchive(request.file);
  if (request.integrity !== undefined && request.integrity !== archive.integrity) {
    throw new PacksmithError('INTEGRITY_MISMATCH', `${request.file} is ${archive.integrity}, not ${request.integrity}`);
  }
  const { roots, packs } = archive.files.has(BUNDLE_FILE) ? parseBundle(archive.files) : singlePack(archive.files, ports.tools);
  const loaded = packs.map((tree) => loadTree(tree, ports.tools));
  for (const { pack, wanted } of loaded) ports.verifySignature?.(wanted, pack);
  const state = await ports.store.readInstalled();
  const manifests = loaded.map(({ pack }) => pack);
  await refuseMissing(manifests, state.lock, ports);
  refuseBroken(manifests, state.lock);
  const wanted = loaded.map((entry) => (roots.includes(entry.wanted.id) ? { ...entry.wanted, requested: entry.wanted.id } : entry.wanted));
  const plan = makeInstallPlan({
    operation: 'install',
    basis: state.digest,
    requests: roots,
    lock: state.lock,
    wanted,
    levels: [wanted.map(({ id }) => id)],
    again: new Set(),
    warnings: [],
  });
  return { plan, integrity: archive.integrity, trees: new Map(manifests.map(({ manifest, files }) => [manifest.id, files])) };
}

/**
 * Puts the packs into the store and the list of what is installed, as one transaction.
 * @returns the ids that were stored. @throws PacksmithError `STORE_LOCKED`, `STORE_CHANGED`, and those of a failing disk.
 */
export async function applyImport(
  { plan, trees }: PlannedImport,
  { store }: Pick<Ports, 'store'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly string[]> {
  const { lock } = await store.readInstalled();
  if (isEmptyPlan(plan, lock)) return [];
  const transaction = await store.begin(plan, options.signal ? { signal: options.signal } : {});
  try {
    await store.preflight(plan.bytes);
    const stored = await stageAll({ plan, trees, transaction }, store);
    await transaction.commit(lockAfter(lock, plan, stored));
    return [...stored.keys()];
  } catch (error) {
    const isLeft = await transaction.suspend();
    if (isLeft) await store.rollback(transaction.id);
    throw error;
  }
}

interface Staging {
  readonly plan: InstallPlan;
  readonly trees: ReadonlyMap<string, FileTree>;
  readonly transaction: StoreTransaction;
}

async function stageAll({ plan, trees, transaction }: Staging, store: Ports['store']): Promise<Map<string, StoredFacts>> {
  const stored = new Map<string, StoredFacts>();
  for (const pack of plan.packs) {
    const files = trees.get(pack.id);
    const { integrity, provenance } = pack;
    if (pack.action === 'keep' || files === undefined || integrity === undefined) continue;
    // One after the other: they come from memory, and the disk is the bottleneck.
    if ((await store.check(integrity)) !== 'intact') await transaction.stage(integrity, files);
    stored.set(pack.id, toStoredFacts(readPackTree(files, { provenance, integrity })));
  }
  return stored;
}

function toStoredFacts({ manifest, files, integrity }: Pack): StoredFacts {
  return {
    integrity,
    archiveIntegrity: undefined,
    bytes: treeBytes(files),
    dependencies: rangesOf(manifest, false),
    optional: rangesOf(manifest, true),
  };
}

function rangesOf({ dependencies }: Pack['manifest'], optional: boolean): Record<string, string> {
  const chosen = dependencies.filter((dependency) => dependency.optional === optional);
  return Object.fromEntries(chosen.map(({ id, version }) => [id as string, version]));
}

/** An archive that is one pack, which states no integrity of its own. */
function singlePack(files: FileTree, tools: SigningTools): ReturnType<typeof parseBundle> {
  const integrity = tools.treeIntegrity(files);
  const { manifest } = readPackTree(files, { provenance: { kind: 'archive', location: 'the archive' }, integrity });
  const pack: BundledPack = { id: manifest.id, version: manifest.version, integrity, source: undefined, registry: undefined };
  return { roots: [manifest.id], packs: [{ pack, files }] };
}

function loadTree({ pack: stated, files }: BundledTree, tools: SigningTools): { pack: Pack; wanted: WantedPack } {
  const { id, version, integrity } = stated;
  const found = tools.treeIntegrity(files);
  if (found !== integrity)
    throw new PacksmithError('INTEGRITY_MISMATCH', `${id} ${version} should be ${integrity} and is ${found}; nothing was imported`);
  const provenance = { kind: 'archive', location: `${id} ${version} in the bundle` } as const;
  const pack = readPackTree(files, { provenance, integrity });
  const { manifest } = pack;
  if (manifest.id !== id || manifest.version !== version) {
    throw new PacksmithError('BUNDLE_INVALID', `what the bundle has as ${id} ${version} is ${manifest.id} ${manifest.version}`);
  }
  const wanted = { id, version, integrity, provenance, bytes: treeBytes(files), because: 'it is in the file', ...toOrigin(stated) };
  return { pack, wanted: { ...wanted, dependencies: rangesOf(manifest, false), optional: rangesOf(manifest, true) } };
}

/** No registry has this name unless the user gives it to one; whoever looks for the pack again finds that its place is gone. */
const NO_REGISTRY = 'bundle';

/** Where the pack can be found again. It is named by its id where the bundle says nothing that can be used here. */
function toOrigin({ id, version, source, registry }: BundledPack): Pick<WantedPack, 'source' | 'registry'> {
  const byId = { source: `${id}@${version}`, registry: registry ?? NO_REGISTRY };
  if (source === undefined || source === 'builtin') return byId;
  const { kind } = parsePackReference(source);
  if (kind === 'path' || kind === 'archive' || kind === 'id') return byId;
  return { source, ...(registry === undefined ? {} : { registry }) };
}

/** What a pack needs must be in the file, installed, or at hand otherwise. */
async function refuseMissing(packs: readonly Pack[], lock: InstalledLock, { repository }: Pick<Ports, 'repository'>): Promise<void> {
  const atHand = [...packs.map(({ manifest }) => manifest), ...lock.packs, ...(await repository.list())];
  const missing = packs.flatMap(({ manifest }) =>
    manifest.dependencies
      .filter((need) => !need.optional && !atHand.some(({ id, version }) => id === need.id && isInRange(version, need.version)))
      .map((need) => `${manifest.id} needs ${need.id} ${need.version}`),
  );
  if (missing.length === 0) return;
  throw new PacksmithError('BUNDLE_INVALID', `the file lacks what its packs need, and it is not installed: ${missing.join(', ')}`, {
    hint: 'export it again with --with-dependencies',
  });
}

/** What is installed already must go on working. */
function refuseBroken(packs: readonly Pack[], lock: InstalledLock): void {
  const incoming = new Map(packs.map(({ manifest }) => [manifest.id as string, manifest.version]));
  const broken = lock.packs
    .filter(({ id }) => !incoming.has(id))
    .flatMap((pack) => Object.entries(pack.dependencies).map(([id, range]) => ({ by: pack.id, id, range, version: incoming.get(id) })))
    .filter(({ version, range }) => version !== undefined && !isInRange(version, range));
  if (broken.length === 0) return;
  const reasons = broken.map(
    ({ by, id, range, version }) => `${by}, which is installed, needs ${id} ${range}, and the file has ${version}`,
  );
  throw new PacksmithError('NO_SOLUTION', reasons.join('\n'));
}
