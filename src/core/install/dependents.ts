import type { PackName } from '../pack/pack-name.ts';
import { compareText } from '../text/compare-text.ts';
import type { InstalledPack } from './installed-lock.ts';

type Node = Pick<InstalledPack, 'id' | 'version' | 'dependencies' | 'requested'>;

/** Installed packs that depend directly on a pack, sorted by id. */
export function findDependents<Pack extends Node>(packs: readonly Pack[], id: string): Pack[] {
  return packs.filter((pack) => pack.id !== id && Object.hasOwn(pack.dependencies, id)).sort((a, b) => compareText(a.id, b.id));
}

/** Packs that nobody asked for and that no pack which was asked for needs, sorted by id. */
export function findOrphans<Pack extends Node>(packs: readonly Pack[]): Pack[] {
  const byId = new Map<string, Pack>(packs.map((pack) => [pack.id, pack]));
  const needed = new Set(packs.filter(({ requested }) => requested !== undefined).map(({ id }) => id as string));
  // A set that grows while it is walked is walked to its end.
  for (const id of needed) for (const dependency of Object.keys(byId.get(id)?.dependencies ?? {})) needed.add(dependency);
  return packs.filter(({ id }) => !needed.has(id)).sort((a, b) => compareText(a.id, b.id));
}

/** One pack that an uninstall takes away, and why. */
export interface Removal {
  readonly id: PackName;
  readonly version: string;
  readonly because: string;
}

export interface RemovalPlan {
  readonly removes: readonly Removal[];
  /** Packs that stay and need one that would go, by the id that would go; an uninstall without cascade refuses when there are any. */
  readonly blocked: ReadonlyMap<string, readonly PackName[]>;
  /** What stays though nothing needs it any more, because removing it was not asked for. */
  readonly orphans: readonly PackName[];
}

export interface RemovalRequest {
  readonly packs: readonly Node[];
  readonly ids: readonly string[];
  /** Also remove whatever needs one of the ids. */
  readonly cascade: boolean;
  /** Also remove what only these packs brought. */
  readonly withUnneeded: boolean;
}

/** Works out what an uninstall takes away. Ids that are not installed are left aside. */
export function planRemoval({ packs, ids, cascade, withUnneeded }: RemovalRequest): RemovalPlan {
  const reasons = new Map<string, string>(ids.map((id) => [id, 'it was asked for']));
  const blocked = new Map<string, PackName[]>();
  for (const [id] of reasons) {
    const dependents = findDependents(packs, id).filter((pack) => !reasons.has(pack.id));
    if (cascade) for (const pack of dependents) reasons.set(pack.id, `it needs ${id}`);
    else if (dependents.length > 0)
      blocked.set(
        id,
        dependents.map((pack) => pack.id),
      );
  }
  const before = new Set<string>(findOrphans(packs).map(({ id }) => id));
  const orphans = findOrphans(packs.filter(({ id }) => !reasons.has(id))).filter(({ id }) => !before.has(id));
  if (withUnneeded) for (const { id } of orphans) reasons.set(id, 'nothing else needs it');
  const removes = packs.flatMap(({ id, version }) => {
    const because = reasons.get(id);
    return because === undefined ? [] : [{ id, version, because }];
  });
  return { removes: removes.sort((a, b) => compareText(a.id, b.id)), blocked, orphans: withUnneeded ? [] : orphans.map(({ id }) => id) };
}
