import { mergeRegions } from '../../../reconcile/text/merge-regions.ts';
import type { MergeConflict } from '../merge-driver.ts';
import { isOrderedList, itemKeys, type MergeRules, type TreePath } from './merge-rules.ts';
import { escapePointer, idOfMerged, type Merged, type MergedChild } from './merged-node.ts';
import { placeAdded } from './place-added.ts';
import type { Intern, TreeChild, TreeNode } from './tree-node.ts';

/**
 * Three-way merge of values, the same for every structured format. Maps are merged key by key; lists item by item where items can be known
 * again, as sequences where there is a base, and otherwise as one value. With a base, what one side alone changed wins, a removal included;
 * what both changed differently is a conflict. Without a base, both sides are additions, and two values for one key are a conflict.
 */
export interface MergeContext {
  readonly intern: Intern;
  readonly rules: MergeRules;
  readonly source: (side: 'base' | 'ours' | 'theirs', node: TreeNode) => string;
  /** Filled by the merge. */
  readonly conflicts: MergeConflict[];
}

export interface Sides {
  readonly base: TreeNode | undefined;
  readonly ours: TreeNode;
  readonly theirs: TreeNode;
}

export function mergeNodes(sides: Sides, path: TreePath, context: MergeContext): Merged {
  const { base, ours, theirs } = sides;
  if (ours.id === theirs.id) return { kind: 'keep', node: ours, isShared: true };
  if (base !== undefined && theirs.id === base.id) return { kind: 'keep', node: ours, isShared: false };
  const isUntouched = base !== undefined && ours.id === base.id;
  const merged = mergeContainers(sides, path, context);
  if (merged !== undefined && (!isUntouched || idOfMerged(merged, context.intern) === theirs.id)) return merged;
  if (isUntouched) return { kind: 'take', node: theirs };
  const text = combineText(sides, path, context);
  if (text !== undefined) return text;
  reportConflict(sides, path, context);
  return { kind: 'conflict', ours, theirs };
}

/** The merge of two maps or two lists; `undefined` when they have to be seen as one value each. */
function mergeContainers({ base, ours, theirs }: Sides, path: TreePath, context: MergeContext): Merged | undefined {
  if (ours.kind !== theirs.kind || ours.kind === 'scalar' || ours.mark !== theirs.mark) return undefined;
  const like = base?.kind === ours.kind ? base : undefined;
  if (like === undefined && theirs.children.length === 0) return { kind: 'keep', node: ours, isShared: false };
  if (like === undefined && ours.children.length === 0) return { kind: 'take', node: theirs };
  const sides = { base: like, ours, theirs };
  return ours.kind === 'map' ? mergeMaps(sides, path, context) : mergeLists(sides, path, context);
}

function combineText({ ours, theirs }: Sides, path: TreePath, { rules }: MergeContext): Merged | undefined {
  if (ours.kind !== 'scalar' || theirs.kind !== 'scalar') return undefined;
  const text = rules.combine?.({ ours: ours.value, theirs: theirs.value }, path);
  if (text === undefined) return undefined;
  if (text === ours.value) return { kind: 'keep', node: ours, isShared: false };
  return text === theirs.value ? { kind: 'take', node: theirs } : { kind: 'text', ours, text };
}

function mergeMaps(sides: Sides, path: TreePath, context: MergeContext): Merged {
  return mergeKeyed(
    {
      base:
        sides.base === undefined
          ? undefined
          : byKey(
              sides.base,
              sides.base.children.map((child) => child.key),
            ),
      ours: byKey(
        sides.ours,
        sides.ours.children.map((child) => child.key),
      ),
      theirs: byKey(
        sides.theirs,
        sides.theirs.children.map((child) => child.key),
      ),
    },
    path,
    context,
  );
}

/** A map or list whose children are known by a key. */
interface Keyed {
  readonly node: TreeNode;
  readonly children: ReadonlyMap<string, TreeChild>;
}

function byKey(node: TreeNode, keys: readonly string[]): Keyed {
  return { node, children: new Map(node.children.map((child, index) => [keys[index] ?? '', child])) };
}

interface KeyedSides {
  readonly base: Keyed | undefined;
  readonly ours: Keyed;
  readonly theirs: Keyed;
}

function mergeKeyed(sides: KeyedSides, path: TreePath, context: MergeContext): Merged {
  const { base, ours, theirs } = sides;
  const results = new Map<string, MergedChild>();
  for (const key of new Set([...ours.children.keys(), ...theirs.children.keys()])) {
    const child = mergeChild(
      key,
      { base: base?.children.get(key), ours: ours.children.get(key), theirs: theirs.children.get(key) },
      path,
      context,
    );
    if (child !== undefined) results.set(key, child);
  }
  const order = placeAdded([...ours.children.keys()], [...theirs.children.keys()], ours.node.kind === 'map');
  const children = order.flatMap((key) => results.get(key) ?? []);
  return { kind: 'children', ours: ours.node, theirs: theirs.node, children };
}

interface ChildSides {
  readonly base: TreeChild | undefined;
  readonly ours: TreeChild | undefined;
  readonly theirs: TreeChild | undefined;
}

function mergeChild(key: string, { base, ours, theirs }: ChildSides, path: TreePath, context: MergeContext): MergedChild | undefined {
  const place = [...path, key];
  if (ours !== undefined && theirs !== undefined) {
    return { key, ours, theirs, value: mergeNodes({ base: base?.node, ours: ours.node, theirs: theirs.node }, place, context) };
  }
  const only = ours ?? theirs;
  if (only === undefined || (base !== undefined && base.node.id === only.node.id)) return undefined;
  const side = ours === undefined ? 'theirs' : 'ours';
  const value: Merged = side === 'ours' ? { kind: 'keep', node: only.node, isShared: false } : { kind: 'take', node: only.node };
  if (base === undefined) return { key, [side]: only, value };
  context.conflicts.push({
    at: pointerTo(place),
    [side]: context.source(side, only.node),
    base: context.source('base', base.node),
    reason: `changed in ${side}, removed in ${side === 'ours' ? 'theirs' : 'ours'}`,
  });
  return { key, [side]: only, value, onlyFor: side };
}

function mergeLists(sides: Sides, path: TreePath, context: MergeContext): Merged | undefined {
  const lists = [sides.ours, sides.theirs, ...(sides.base === undefined ? [] : [sides.base])];
  if (lists.some((list) => isOrderedList(list, path))) return undefined;
  const keys = itemKeys(lists, path, context.rules);
  if (keys === undefined) return sides.base === undefined ? mergeByContainment(sides) : mergeSequences({ ...sides, base: sides.base });
  const [ours = [], theirs = [], base = []] = keys;
  if (sides.base !== undefined && isReordered(base, theirs) && !isReordered(base, ours)) return undefined;
  return mergeKeyed(
    {
      base: sides.base === undefined ? undefined : byKey(sides.base, base),
      ours: byKey(sides.ours, ours),
      theirs: byKey(sides.theirs, theirs),
    },
    path,
    context,
  );
}

/** Whether the items that two lists share stand in another order. */
function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const kept = new Set(after);
  const known = new Set(before);
  const shared = after.filter((key) => known.has(key));
  return before.filter((key) => kept.has(key)).some((key, index) => key !== shared[index]);
}

/** Lists of things without a name, with a base: as lines of a text are merged. */
function mergeSequences(sides: { base: TreeNode; ours: TreeNode; theirs: TreeNode }): Merged | undefined {
  const ids = (node: TreeNode): Int32Array => Int32Array.from(node.children, (child) => child.node.id);
  const regions = mergeRegions({ base: ids(sides.base), ours: ids(sides.ours), theirs: ids(sides.theirs) }, 'zdiff3');
  if (regions.some((region) => region.kind === 'conflict')) return undefined;
  const children: MergedChild[] = [];
  let at = 0;
  for (const region of regions) {
    if (region.kind === 'ours') continue;
    children.push(...sides.ours.children.slice(at, region.ours.start).map(kept));
    children.push(...sides.theirs.children.slice(region.theirs.start, region.theirs.end).map(taken));
    at = region.ours.end;
  }
  children.push(...sides.ours.children.slice(at).map(kept));
  return { kind: 'children', ours: sides.ours, theirs: sides.theirs, children };
}

/** Lists of things without a name, without a base: one that holds all the other holds, in its order, is the merge. */
function mergeByContainment({ ours, theirs }: Sides): Merged | undefined {
  if (isSubsequence(theirs.children, ours.children)) return { kind: 'keep', node: ours, isShared: false };
  return isSubsequence(ours.children, theirs.children) ? { kind: 'take', node: theirs } : undefined;
}

function isSubsequence(part: readonly TreeChild[], whole: readonly TreeChild[]): boolean {
  let found = 0;
  for (const child of whole) if (child.node.id === part[found]?.node.id) found++;
  return found === part.length;
}

const kept = (child: TreeChild): MergedChild => ({ key: '', ours: child, value: { kind: 'keep', node: child.node, isShared: false } });
const taken = (child: TreeChild): MergedChild => ({ key: '', theirs: child, value: { kind: 'take', node: child.node } });

function reportConflict({ base, ours, theirs }: Sides, path: TreePath, context: MergeContext): void {
  const areTexts = ours.kind === 'scalar' && theirs.kind === 'scalar';
  const explained = areTexts ? context.rules.explain?.({ ours: ours.value, theirs: theirs.value }, path) : undefined;
  context.conflicts.push({
    at: pointerTo(path),
    ours: context.source('ours', ours),
    theirs: context.source('theirs', theirs),
    ...(base === undefined ? {} : { base: context.source('base', base) }),
    reason: explained ?? (base === undefined ? 'two different values' : 'changed differently on both sides'),
  });
}

const pointerTo = (path: TreePath): string => path.map((key) => `/${escapePointer(key)}`).join('');
