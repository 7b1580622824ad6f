import type { MergePart } from '../merge-driver.ts';
import { type Intern, listId, mapId, markedId, scalarId, type TreeChild, type TreeNode } from './tree-node.ts';

/** What becomes of a value: kept, taken, computed, put together from children, or undecided. */
export type Merged =
  | { readonly kind: 'keep'; readonly node: TreeNode; readonly isShared: boolean }
  | { readonly kind: 'take'; readonly node: TreeNode }
  | { readonly kind: 'text'; readonly ours: TreeNode; readonly text: string }
  | { readonly kind: 'children'; readonly ours: TreeNode; readonly theirs: TreeNode; readonly children: readonly MergedChild[] }
  | { readonly kind: 'conflict'; readonly ours: TreeNode; readonly theirs: TreeNode };

/** An entry of the result; it stands in `ours`, in `theirs` or in both. */
export interface MergedChild {
  readonly key: string;
  readonly ours?: TreeChild;
  readonly theirs?: TreeChild;
  /** Set when only one side has the entry and the other's absence is a change too: it is there for one choice only. */
  readonly onlyFor?: 'ours' | 'theirs';
  readonly value: Merged;
}

export type Choice = 'ours' | 'theirs';

/** Settles every conflict of a merge for one side; the result has none. */
export function settle(merged: Merged, choice: Choice): Merged {
  if (merged.kind === 'conflict')
    return choice === 'ours' ? { kind: 'keep', node: merged.ours, isShared: false } : { kind: 'take', node: merged.theirs };
  if (merged.kind !== 'children') return merged;
  const children = merged.children
    .filter((child) => child.onlyFor === undefined || child.onlyFor === choice)
    .map((child) => ({ ...child, value: settle(child.value, choice) }));
  return { ...merged, children };
}

/** The content number that the written result must have. */
export function idOfMerged(merged: Merged, intern: Intern): number {
  switch (merged.kind) {
    case 'keep':
    case 'take':
      return merged.node.id;
    case 'text':
      return scalarId(intern, 'string', merged.text);
    case 'conflict':
      return merged.ours.id;
    case 'children': {
      const { kind, mark } = merged.ours;
      const ids = merged.children.map((child) => [child.key, idOfMerged(child.value, intern)] as const);
      const items = ids.map(([, id]) => id);
      return markedId(intern, kind === 'map' ? mapId(intern, ids) : listId(intern, items), mark);
    }
    default:
      return merged satisfies never;
  }
}

/** Says of each part where it comes from, as few parts as tell it: a value whose parts all come from one side is one part. */
export function partsOf(merged: Merged, at = ''): MergePart[] {
  switch (merged.kind) {
    case 'keep':
      return [{ at, from: merged.isShared ? 'both' : 'ours' }];
    case 'take':
      return [{ at, from: 'theirs' }];
    case 'text':
    case 'conflict':
      return [{ at, from: 'both' }];
    case 'children': {
      const isMap = merged.ours.kind === 'map';
      const parts = merged.children.flatMap((child, index) => partsOf(child.value, `${at}/${isMap ? escapePointer(child.key) : index}`));
      const from = parts[0]?.from ?? 'both';
      return parts.every((part) => part.from === from) ? [{ at, from }] : parts;
    }
    default:
      return merged satisfies never;
  }
}

/** One part of a JSON pointer (RFC 6901). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
