import type { InstallPlan, PlannedInstall } from '../../core/install/install-plan.ts';
import { type InstalledLock, type InstalledPack, installedPackOf } from '../../core/install/installed-lock.ts';
import { isInRange } from '../../core/pack/versions.ts';
import type { InstalledState, StoredState } from '../../ports/pack-store.ts';
import { applyInstall, type InstallResult } from './install-packs.ts';
import type { ResolvePorts } from './resolved-packs.ts';
import { notInstalled } from './uninstall-packs.ts';

export interface VerifyRequest {
  /** All installed packs when empty. */
  readonly ids: readonly string[];
  /** Fetch again what is damaged or missing. */
  readonly fix: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface VerifiedPack {
  readonly id: string;
  readonly version: string;
  readonly state: StoredState;
  readonly integrity: string;
  /** Clauses about dependencies that are not installed, or not in a version that fits. */
  readonly problems: readonly string[];
}

export interface VerifyReport {
  readonly packs: readonly VerifiedPack[];
  /** What was fetched again. */
  readonly fixed: readonly string[];
  readonly isSound: boolean;
}

/**
 * Hashes installed packs anew and compares them with the lock. With `fix`, what is damaged is fetched from where it came from, and must be
 * exactly what it was.
 * @throws PacksmithError `PACK_NOT_INSTALLED`; when fixing, as `applyInstall` does.
 */
export async function verifyPacks(request: VerifyRequest, ports: ResolvePorts): Promise<VerifyReport> {
  const state = await ports.store.readInstalled();
  const packs = await checkPacks(request.ids, state.lock, ports);
  const damaged = packs.filter(({ state: found }) => found !== 'intact').map(({ id }) => id);
  if (!request.fix || damaged.length === 0) return { packs, fixed: [], isSound: isSound(packs) };
  await repair(damaged, { request, state }, ports);
  const again = await checkPacks(request.ids, state.lock, ports);
  return { packs: again, fixed: damaged, isSound: isSound(again) };
}

function isSound(packs: readonly VerifiedPack[]): boolean {
  return packs.every(({ state, problems }) => state === 'intact' && problems.length === 0);
}

function checkPacks(ids: readonly string[], lock: InstalledLock, { store }: Pick<ResolvePorts, 'store'>): Promise<VerifiedPack[]> {
  const installed = lock.packs.map(({ id }) => id);
  const chosen = ids.length === 0 ? lock.packs : ids.map((id) => installedPackOf(lock, id) ?? fail(id, installed));
  return Promise.all(
    chosen.map(async (pack) => {
      const { id, version, integrity } = pack;
      return { id, version, integrity, state: await store.check(integrity), problems: findProblems(pack, lock) };
    }),
  );
}

function fail(id: string, installed: readonly string[]): never {
  throw notInstalled(id, installed);
}

function findProblems(pack: InstalledPack, lock: InstalledLock): string[] {
  const needed = Object.entries(pack.dependencies).flatMap(([id, range]) => {
    const found = installedPackOf(lock, id);
    if (found === undefined) return [`it needs ${id} ${range}, which is not installed`];
    return isInRange(found.version, range) ? [] : [`it needs ${id} ${range}, and ${found.version} is installed`];
  });
  const unfit = Object.entries(pack.optional).flatMap(([id, range]) => {
    const found = installedPackOf(lock, id);
    return found === undefined || isInRange(found.version, range)
      ? []
      : [`it works with ${id} ${range} only, and ${found.version} is installed`];
  });
  return [...needed, ...unfit];
}

interface Repair {
  readonly request: VerifyRequest;
  readonly state: InstalledState;
}

function repair(ids: readonly string[], { request, state }: Repair, ports: ResolvePorts): Promise<InstallResult> {
  const packs = ids.flatMap((id) => installedPackOf(state.lock, id) ?? []).map(toReinstall);
  const plan: InstallPlan = {
    format: 1,
    operation: 'verify',
    basis: state.digest,
    requests: ids,
    packs,
    removes: [],
    levels: [ids],
    bytes: packs.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    warnings: [],
  };
  return applyInstall(plan, { offline: request.offline, ...(request.signal && { signal: request.signal }) }, ports);
}

function toReinstall(pack: InstalledPack): PlannedInstall {
  const { id, version, source, registry, integrity, archiveIntegrity, bytes, dependencies, optional, requested } = pack;
  return {
    id,
    version,
    action: 'reinstall',
    source,
    provenance: { kind: 'installed', location: source },
    integrity,
    bytes,
    dependencies,
    optional,
    because: 'it is damaged',
    ...(registry !== undefined && { registry }),
    ...(archiveIntegrity !== undefined && { archiveIntegrity }),
    ...(requested !== undefined && { requested }),
  };
}
