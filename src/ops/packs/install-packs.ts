import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type InstallPlan, isEmptyPlan, lockAfter, type PlannedInstall, type StoredFacts } from '../../core/install/install-plan.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { FetchedPack, FetchOptions } from '../../ports/pack-source.ts';
import type { StoreTransaction } from '../../ports/pack-store.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { findPinned } from './find-pinned.ts';
import { type PlanInstallRequest, planInstall } from './plan-install.ts';
import { readPackTree, treeBytes } from './read-pack-tree.ts';
import { requireSupported } from './require-supported.ts';
import type { ResolvedPacks, ResolvePorts } from './resolved-packs.ts';

export interface ApplyInstallOptions {
  readonly offline: boolean;
  /** Packs fetched at a time; 8 unless told. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** What the plan was made from; without it the places are asked again for exactly what the plan names. */
  readonly resolved?: ResolvedPacks;
  /** An interrupted transaction to go on with. */
  readonly resume?: string;
  /** Throws for a pack whose signature the policy does not accept; called after integrity and manifest were checked, before anything is stored. */
  readonly verifySignature?: (pack: PlannedInstall, fetched: FetchedPack) => Promise<void>;
}

export interface InstallResult {
  readonly plan: InstallPlan;
  /** Absent when there was nothing to do. */
  readonly transaction: string | undefined;
  /** Bytes that were put into the store. */
  readonly bytes: number;
}

const CONCURRENCY = 8;

/**
 * Performs a plan as one transaction: all packs are fetched, verified and put aside; then the store and the lock change, or nothing does.
 *
 * @throws PacksmithError those of the sources, `INTEGRITY_MISMATCH`, `MANIFEST_INVALID`, `STORE_LOCKED`, `STORE_CHANGED`, `DISK_FULL`,
 * `PERMISSION_DENIED`, `DISK_FAILED`, `INTERRUPTED`; `OFFLINE_MISSING` lists all that is missing. The hint says how to go on.
 */
export async function applyInstall(plan: InstallPlan, options: ApplyInstallOptions, ports: ResolvePorts): Promise<InstallResult> {
  const { store } = ports;
  if (isEmptyPlan(plan, (await store.readInstalled()).lock)) return { plan, transaction: undefined, bytes: 0 };
  const heeded = options.signal === undefined ? {} : { signal: options.signal };
  const transaction = await (options.resume === undefined ? store.begin(plan, heeded) : store.resume(options.resume, plan, heeded));
  const changed = plan.packs.filter(({ action }) => action !== 'keep');
  const progress = { done: 0, total: changed.length };
  try {
    await store.preflight(plan.bytes);
    const stored = await fetchAll({ changed, plan, options, transaction, progress }, ports);
    assertNotAborted(options.signal);
    await transaction.commit(lockAfter((await store.readInstalled()).lock, plan, stored));
    return { plan, transaction: transaction.id, bytes: [...stored.values()].reduce((sum, { bytes }) => sum + bytes, 0) };
  } catch (error) {
    const isResumable = await transaction.suspend();
    throw explainFailure(error, isResumable ? transaction.id : undefined, progress);
  }
}

/** Plans and installs. When another command was faster, it plans anew from what is installed then. @throws as `planInstall` and `applyInstall` do. */
export async function installPacks(
  request: PlanInstallRequest & Pick<ApplyInstallOptions, 'concurrency' | 'verifySignature'>,
  ports: ResolvePorts,
): Promise<InstallResult> {
  const { offline, signal, concurrency, verifySignature } = request;
  const options = { offline, ...(signal && { signal }), ...(concurrency && { concurrency }), ...(verifySignature && { verifySignature }) };
  for (let attempt = 1; ; attempt++) {
    const { plan, resolved } = await planInstall(request, ports);
    try {
      return await applyInstall(plan, { ...options, resolved }, ports);
    } catch (error) {
      if (!(error instanceof PacksmithError) || error.code !== 'STORE_CHANGED' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

const MOST_ATTEMPTS = 10;

/**
 * Unpacks the packs of a plan, with all they need, as plain folders below a directory; what is installed stays as it is.
 * @throws PacksmithError `TARGET_IN_THE_WAY`, and those of the sources and the disk.
 */
export async function unpackInto(
  directory: string,
  {
    resolved,
    plan,
    replace,
    concurrency,
  }: { readonly resolved: ResolvedPacks; readonly plan: InstallPlan; readonly replace: boolean; readonly concurrency?: number },
  { store, reporter, verifySignature }: Pick<ResolvePorts, 'store' | 'reporter' | 'verifySignature'>,
): Promise<void> {
  const wanted = resolved.packs.filter(({ id }) => plan.packs.some((pack) => pack.id === id));
  const limits = { limit: concurrency ?? CONCURRENCY, isFatal: () => true };
  let done = 0;
  const settled = await mapConcurrent(
    wanted,
    async (entry) => {
      const fetched = await entry.fetch();
      verifySignature?.(entry, fetched);
      done += 1;
      reporter.report({ kind: 'pack-stored', pack: entry.id, version: entry.version, done, total: wanted.length });
      return [entry.id, fetched.files] as const;
    },
    limits,
  );
  const trees = new Map<string, FileTree>();
  for (const outcome of settled) {
    if (outcome?.kind === 'failed') throw outcome.error;
    if (outcome !== undefined) trees.set(...outcome.result);
  }
  await store.unpack(directory, trees, { replace });
}

interface Fetching {
  readonly changed: readonly PlannedInstall[];
  readonly plan: InstallPlan;
  readonly options: ApplyInstallOptions;
  readonly transaction: StoreTransaction;
  readonly progress: { done: number; readonly total: number };
}

async function fetchAll(fetching: Fetching, ports: ResolvePorts): Promise<Map<string, StoredFacts>> {
  const { changed, options, progress } = fetching;
  const isFatal = (error: unknown): boolean => !(error instanceof PacksmithError) || error.code !== 'OFFLINE_MISSING';
  const settled = await mapConcurrent(
    changed,
    async (pack) => {
      assertNotAborted(options.signal);
      const facts = await fetchOne(pack, fetching, ports);
      progress.done += 1;
      ports.reporter.report({ kind: 'pack-stored', pack: pack.id, version: pack.version, done: progress.done, total: progress.total });
      return [pack.id, facts] as const;
    },
    { limit: options.concurrency ?? CONCURRENCY, isFatal },
  );
  const errors = settled.flatMap((outcome) => (outcome?.kind === 'failed' ? [outcome.error] : []));
  if (errors.length > 0) throw errors.find(isFatal) ?? joinMissing(errors);
  return new Map(settled.flatMap((outcome) => (outcome?.kind === 'done' ? [outcome.result] : [])));
}

async function fetchOne(pack: PlannedInstall, { options, transaction }: Fetching, ports: ResolvePorts): Promise<StoredFacts> {
  const fetched = await fetchPlanned(pack, { options, transaction }, ports);
  const { files, integrity, archiveIntegrity } = fetched;
  if (pack.integrity !== undefined && pack.integrity !== integrity) throw mismatch(pack, pack.integrity, integrity);
  if (pack.archiveIntegrity !== undefined && archiveIntegrity !== undefined && pack.archiveIntegrity !== archiveIntegrity) {
    throw mismatch(pack, pack.archiveIntegrity, archiveIntegrity);
  }
  const { manifest } = readPackTree(files, { provenance: pack.provenance, integrity });
  if (manifest.id !== pack.id || manifest.version !== pack.version) {
    const message = `what was fetched as ${pack.id} ${pack.version} is ${manifest.id} ${manifest.version}`;
    throw new PacksmithError('INTEGRITY_MISMATCH', message);
  }
  requireSupported(manifest, ports);
  await (options.verifySignature ?? ports.verifySignature)?.(pack, fetched);
  if (!transaction.staged.has(integrity) && (await ports.store.check(integrity)) !== 'intact') await transaction.stage(integrity, files);
  const ranges = (optional: boolean) =>
    Object.fromEntries(
      manifest.dependencies.filter((entry) => entry.optional === optional).map(({ id, version }) => [id as string, version]),
    );
  return { integrity, archiveIntegrity, bytes: treeBytes(files), dependencies: ranges(false), optional: ranges(true) };
}

async function fetchPlanned(
  pack: PlannedInstall,
  { options, transaction }: Pick<Fetching, 'options' | 'transaction'>,
  ports: ResolvePorts,
): Promise<FetchedPack> {
  const { id, version, integrity, archiveIntegrity } = pack;
  if (integrity !== undefined && transaction.staged.has(integrity)) {
    return { files: await transaction.readStaged(integrity), integrity, archiveIntegrity };
  }
  const fetchOptions: FetchOptions = {
    offline: options.offline,
    ...(options.signal && { signal: options.signal }),
    onBytes: (bytes, total) => ports.reporter.report({ kind: 'pack-fetching', pack: id, version, bytes, total }),
  };
  const known = options.resolved?.packs.find((entry) => entry.id === id && entry.version === version);
  // An installed pack that is installed again comes from where it came from, not out of the store.
  if (known !== undefined && known.provenance.kind !== 'installed') return known.fetch(fetchOptions);
  return (await findPinned(pack, fetchOptions, ports)).fetch(fetchOptions);
}

function mismatch({ id, version }: PlannedInstall, expected: string, actual: string): PacksmithError {
  return new PacksmithError('INTEGRITY_MISMATCH', `${id} ${version} should be ${expected} and is ${actual}; nothing of it was kept`);
}

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new PacksmithError('INTERRUPTED', 'interrupted', { cause: signal.reason });
}

/** All that was never fetched, in one failure. */
function joinMissing(errors: readonly unknown[]): unknown {
  const missing = errors.filter((error) => error instanceof PacksmithError);
  const [first] = missing;
  if (first === undefined || missing.length === 1) return errors[0];
  return new PacksmithError('OFFLINE_MISSING', missing.map(({ message }) => message).join('\n'), {
    diagnostics: missing.flatMap((error) => error.diagnostics),
  });
}

const NETWORK_CODES: ReadonlySet<string> = new Set(['SOURCE_UNREACHABLE', 'SOURCE_RESPONSE_INVALID', 'SOURCE_DENIED', 'OFFLINE_MISSING']);

/** Adds to a failure that nothing was installed, and how to go on. */
function explainFailure(
  error: unknown,
  resumable: string | undefined,
  { done, total }: { readonly done: number; readonly total: number },
): unknown {
  if (!(error instanceof PacksmithError)) return error;
  const { code, message, diagnostics, suggestions, where } = error;
  const resume = resumable === undefined ? 'run the command again' : `\`packs transactions resume ${resumable}\` goes on where it stopped`;
  const offline = NETWORK_CODES.has(code) && code !== 'OFFLINE_MISSING' ? '; with --offline it works from what was fetched before' : '';
  const hint = NETWORK_CODES.has(code) || code === 'INTERRUPTED' ? `${resume}${offline}` : error.hint;
  return new PacksmithError(code, `${message}\nnothing was installed: ${done} of ${total} packs had been fetched`, {
    diagnostics,
    suggestions,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(where === undefined ? {} : { where }),
  });
}
