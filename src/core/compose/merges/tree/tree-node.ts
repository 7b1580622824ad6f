/** A value of a structured file with its place in the source. */
export interface TreeNode {
  readonly kind: 'map' | 'list' | 'scalar';
  /** Equal for equal content, in all texts of one merge: key order in a map and spelling of a scalar do not count. */
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Whether it is written by indentation rather than between brackets. */
  readonly isBlock: boolean;
  /** The value of a text scalar, else its spelling; empty for maps and lists. */
  readonly value: string;
  /** What is attached to the value and part of its content: tag and anchor in YAML. */
  readonly mark?: string;
  readonly children: readonly TreeChild[];
}

/** An entry of a map or an item of a list (its key is empty). */
export interface TreeChild {
  readonly key: string;
  /** Where the comments and blank lines above begin; equal to `start` where the format finds them itself. */
  readonly lead: number;
  /** Where the key, or the item itself, begins. */
  readonly start: number;
  /** Where the entry ends; for entries written by indentation, behind its last line. */
  readonly end: number;
  readonly node: TreeNode;
}

/** Numbers contents so that equality is a comparison of numbers, however deep they are. */
export type Intern = (content: string) => number;

export function createIntern(): Intern {
  const ids = new Map<string, number>();
  return (content) => {
    const known = ids.get(content);
    if (known !== undefined) return known;
    ids.set(content, ids.size);
    return ids.size - 1;
  };
}

/** The content number of a map; the order of its entries does not count. */
export function mapId(intern: Intern, entries: Iterable<readonly [key: string, id: number]>): number {
  const parts = Array.from(entries, ([key, id]) => `${JSON.stringify(key)}:${id}`).sort();
  return intern(`{${parts.join()}}`);
}

/** The content number of a list; order counts. */
export function listId(intern: Intern, ids: readonly number[]): number {
  return intern(`[${ids.join()}]`);
}

/** The content number of a scalar; `type` keeps `"1"` and `1` apart. */
export function scalarId(intern: Intern, type: string, value: string): number {
  return intern(`${type}=${value}`);
}

/** Thrown by a format that cannot write a result in place; never leaves the merge. */
export class CannotWrite extends Error {}

/** The content number of a value with what is attached to it. */
export function markedId(intern: Intern, id: number, mark: string | undefined): number {
  return mark === undefined ? id : intern(`${mark}=${id}`);
}
