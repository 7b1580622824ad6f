import type { PackProvenance } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Digest } from '../tree/digest.ts';
import { findOrphans } from './dependents.ts';
import { type InstalledLock, type InstalledPack, installedPackOf } from './installed-lock.ts';

export type InstallOperation = 'install' | 'upgrade' | 'uninstall' | 'verify';

/**
 * Everything that a change of the installed packs will do, as plain data: the same JSON in and out. Applying it does this and decides nothing.
 */
export interface InstallPlan {
  readonly format: 1;
  readonly operation: InstallOperation;
  /** SHA-256 of the lock it was planned against; applying refuses when it changed since. */
  readonly basis: Digest;
  /** What was asked for, as it was written. */
  readonly requests: readonly string[];
  /** What will be there and was looked at: dependencies before their dependents. */
  readonly packs: readonly PlannedInstall[];
  /** What will be there no more. */
  readonly removes: readonly PlannedRemoval[];
  /** Ids of what is fetched, in groups: each depends only on earlier groups. */
  readonly levels: readonly (readonly string[])[];
  /** Bytes to be stored, as far as they are known before they are fetched. */
  readonly bytes: number;
  readonly warnings: readonly string[];
}

export interface PlannedInstall {
  readonly id: PackName;
  readonly version: string;
  /** `keep`: it is there already. */
  readonly action: 'add' | 'replace' | 'reinstall' | 'keep';
  /** The version that goes. */
  readonly replaces?: string;
  /** `builtin`, or a reference that finds exactly these bytes. */
  readonly source: string;
  /** The configured registry it comes from. */
  readonly registry?: string;
  readonly provenance: PackProvenance;
  /** Of the whole tree, where it is known before the pack is fetched. */
  readonly integrity?: string;
  /** Of the archive, where the place states one. */
  readonly archiveIntegrity?: string;
  readonly bytes?: number;
  /** Ranges by id. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  /** The reference by which a user asked for it; absent when other packs bring it. */
  readonly requested?: string;
  /** Who wants it, as one clause. */
  readonly because: string;
}

export interface PlannedRemoval {
  readonly id: PackName;
  readonly version: string;
  readonly because: string;
}

/** What will be there, before it is compared with what is. */
export type WantedPack = Omit<PlannedInstall, 'action' | 'replaces'>;

export interface InstallPlanRequest {
  readonly operation: InstallOperation;
  readonly basis: Digest;
  readonly requests: readonly string[];
  readonly lock: InstalledLock;
  /** Dependencies before their dependents. */
  readonly wanted: readonly WantedPack[];
  /** Ids of `wanted` in groups for installing. */
  readonly levels: readonly (readonly string[])[];
  /** Ids that are fetched and stored again even when they are there. */
  readonly again: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/** Compares what is wanted with what is installed. Packs that nothing needs any more because of it are removed; others stay. */
export function makeInstallPlan(request: InstallPlanRequest): InstallPlan {
  const { operation, basis, requests, lock, warnings } = request;
  const packs = request.wanted.map((wanted) => comparePack(wanted, request));
  const changed = new Set(packs.filter(({ action }) => action !== 'keep').map(({ id }) => id as string));
  const levels = request.levels.map((level) => level.filter((id) => changed.has(id))).filter((level) => level.length > 0);
  const bytes = packs.reduce((sum, pack) => sum + (changed.has(pack.id) ? (pack.bytes ?? 0) : 0), 0);
  return { format: 1, operation, basis, requests, packs, removes: planRemovals(lock, packs), levels, bytes, warnings };
}

/** Tells whether applying a plan would change what is installed. */
export function isEmptyPlan(plan: InstallPlan, lock: InstalledLock): boolean {
  if (plan.removes.length > 0) return false;
  return plan.packs.every((pack) => pack.action === 'keep' && installedPackOf(lock, pack.id)?.requested === pack.requested);
}

/** What was stored for one planned pack. */
export interface StoredFacts {
  readonly integrity: string;
  readonly archiveIntegrity: string | undefined;
  readonly bytes: number;
  /** As the manifest that was stored has them. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
}

/** The lock as a plan leaves it. @param stored the facts of every pack that is not kept, by id. */
export function lockAfter(lock: InstalledLock, plan: InstallPlan, stored: ReadonlyMap<string, StoredFacts>): InstalledLock {
  const byId = new Map<string, InstalledPack>(lock.packs.map((pack) => [pack.id, pack]));
  for (const { id } of plan.removes) byId.delete(id);
  for (const pack of plan.packs) {
    const facts = stored.get(pack.id) ?? byId.get(pack.id);
    if (facts !== undefined) byId.set(pack.id, toInstalled(pack, facts));
  }
  return { format: 1, packs: [...byId.values()] };
}

function toInstalled({ id, version, source, registry, requested }: PlannedInstall, facts: StoredFacts): InstalledPack {
  const { integrity, archiveIntegrity, bytes, dependencies, optional } = facts;
  return { id, version, source, registry, integrity, archiveIntegrity, bytes, dependencies, optional, requested };
}

function comparePack(wanted: WantedPack, { lock, again }: InstallPlanRequest): PlannedInstall {
  const installed = installedPackOf(lock, wanted.id);
  if (installed === undefined) return { ...wanted, action: 'add' };
  const isSame = installed.version === wanted.version && (wanted.integrity === undefined || wanted.integrity === installed.integrity);
  if (!isSame) return { ...wanted, action: 'replace', replaces: installed.version };
  return { ...wanted, action: again.has(wanted.id) ? 'reinstall' : 'keep' };
}

function planRemovals(lock: InstalledLock, packs: readonly PlannedInstall[]): PlannedRemoval[] {
  const before = new Set(findOrphans(lock.packs).map(({ id }) => id));
  const byId = new Map<string, Pick<InstalledPack, 'id' | 'version' | 'dependencies' | 'requested'>>(
    lock.packs.map((pack) => [pack.id, pack]),
  );
  for (const pack of packs) byId.set(pack.id, { ...pack, requested: pack.requested });
  const orphans = findOrphans([...byId.values()]).filter(({ id }) => !before.has(id) && installedPackOf(lock, id) !== undefined);
  return orphans.map(({ id, version }) => ({ id, version, because: 'nothing needs it any more' }));
}
