import type { TreeNode } from './tree-node.ts';

/** Where a value stands: keys from the root; items of lists by what they are known by. */
export type TreePath = readonly string[];

/** What one kind of file knows beyond its syntax. */
export interface MergeRules {
  /** The key by which an item of a list is the same item on all sides; `undefined` leaves the list to the general rules. */
  readonly itemKey?: (item: TreeNode, path: TreePath) => string | undefined;
  /** The value of a text that both sides have differently, when the kind of file can tell; `undefined` makes it a conflict. */
  readonly combine?: (sides: { ours: string; theirs: string }, path: TreePath) => string | undefined;
  /** Why two texts that could not be combined exclude each other, where the kind of file can tell. */
  readonly explain?: (sides: { ours: string; theirs: string }, path: TreePath) => string | undefined;
}

/** Lists whose items mean something by their place: they are one value, and are never united. */
const ORDERED = new Set(['command', 'entrypoint', 'args', 'argv', 'arguments', 'cmd', 'run', 'test', 'exec', 'prefix', 'runtimeArgs']);
const SEVERITY = /^(?:off|warn|error|always|never|\d)$/;

/** Whether a list is one value: an argument vector, or a setting such as `["error", "always"]`. */
export function isOrderedList(list: TreeNode, path: TreePath): boolean {
  if (ORDERED.has(path.at(-1) ?? '')) return true;
  const [first] = list.children;
  if (first === undefined) return false;
  return (
    list.children.some(({ node }) => node.kind === 'list' || (node.kind === 'scalar' && node.value.startsWith('-'))) ||
    isSetting(list, first.node)
  );
}

function isSetting(list: TreeNode, first: TreeNode): boolean {
  return (
    first.kind === 'scalar' &&
    SEVERITY.test(first.value) &&
    list.children.some(({ node }) => node.kind !== 'scalar' || /^(?:always|never)$/.test(node.value))
  );
}

/** Fields that name an item, in the order they are tried; one serves when every item of every side has it, each side's once. */
const NAMES = [
  'id',
  'name',
  'key',
  'label',
  'repo',
  'job_name',
  'alert',
  'record',
  'package-ecosystem',
  'mountPath',
  'containerPort',
  'path',
  'port',
  'target',
  'source',
  'module',
  'url',
  'host',
  'title',
  'file',
];

/** Gives every item of a list the same key in all lists that have it; `undefined` when the items have nothing to be known by. */
export function itemKeys(lists: readonly TreeNode[], path: TreePath, rules: MergeRules): string[][] | undefined {
  const special = lists.map((list) => list.children.map(({ node }) => rules.itemKey?.(node, path) ?? stepKey(node, path)));
  if (special.every((keys) => keys.every((key) => key !== undefined))) return special.map((keys) => numbered(keys.map((key) => key ?? '')));
  const items = lists.flatMap((list) => list.children.map(({ node }) => node));
  if (items.every((node) => node.kind === 'scalar')) return scalarKeys(lists);
  if (!items.every((node) => node.kind === 'map')) return undefined;
  for (const name of NAMES) {
    const keys = lists.map((list) => list.children.map(({ node }) => fieldOf(node, name)));
    if (keys.every((list) => list.every((key) => key !== undefined) && new Set(list).size === list.length))
      return keys.map((list) => list.map((key) => key ?? ''));
  }
  return undefined;
}

/** Scalars are known by themselves, `NAME=value` by its name; a list with repeated items is no set. */
function scalarKeys(lists: readonly TreeNode[]): string[][] | undefined {
  const values = lists.map((list) => list.children.map(({ node }) => node));
  const names = values.map((list) => list.map((node) => /^([A-Za-z_][A-Za-z0-9_.]*)=/.exec(node.value)?.[1]));
  const areAssignments = names.every((list) => list.every((name) => name !== undefined));
  const keys = areAssignments
    ? names.map((list) => list.map((name) => name ?? ''))
    : values.map((list) => list.map((node) => String(node.id)));
  return keys.every((list) => new Set(list).size === list.length) ? keys : undefined;
}

/** A step of a workflow is known by its id, its name, the action it uses (without the version) or what it runs. */
function stepKey(node: TreeNode, path: TreePath): string | undefined {
  if (path.at(-1) !== 'steps' || node.kind !== 'map') return undefined;
  const action = fieldOf(node, 'uses');
  return fieldOf(node, 'id') ?? fieldOf(node, 'name') ?? (action === undefined ? fieldOf(node, 'run') : action.replace(/@[^@]*$/, ''));
}

/** The value of a scalar field of a map. */
export function fieldOf(node: TreeNode, name: string): string | undefined {
  const field = node.children.find((child) => child.key === name)?.node;
  return field?.kind === 'scalar' ? field.value : undefined;
}

/** Tells repeated keys apart by counting them. */
function numbered(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}
