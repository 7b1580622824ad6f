/** Decides about one character (one code point). */
export type CharacterTest = (character: string) => boolean;

/** How often, and which number of times is tried first; `possessive` gives nothing back. */
export interface Repetition {
  readonly min: number;
  readonly max: number;
  readonly order: 'greedy' | 'lazy' | 'possessive';
}

/** One character that passes a test. */
export interface CharacterNode {
  readonly kind: 'character';
  readonly test: CharacterTest;
  /** How many steps the test counts for: one for each member of a set. */
  readonly cost: number;
}

/** A regular expression of Python's `re`, parsed; flags are worked into the nodes. */
export type RegexNode =
  | CharacterNode
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly times: Repetition }
  | { readonly kind: 'group'; readonly number: number; readonly item: RegexNode }
  | { readonly kind: 'atomic'; readonly item: RegexNode }
  | { readonly kind: 'reference'; readonly number: number; readonly ignoreCase: boolean }
  | { readonly kind: 'look'; readonly isBehind: boolean; readonly isNegative: boolean; readonly item: RegexNode }
  | { readonly kind: 'edge'; readonly edge: RegexEdge };

/** Places between characters: of the text, of a line, of a word. `last` is the end, or before a newline that ends the text. */
export type RegexEdge = 'first' | 'end' | 'last' | 'line-start' | 'line-end' | 'word' | 'no-word';

/** The number of characters that a node takes, where it is always the same. */
export function fixedWidth(node: RegexNode): number | undefined {
  switch (node.kind) {
    case 'character':
      return 1;
    case 'edge':
    case 'look':
      return 0;
    case 'group':
    case 'atomic':
      return fixedWidth(node.item);
    case 'reference':
      return undefined;
    case 'sequence':
      return node.items.reduce<number | undefined>((sum, item) => add(sum, fixedWidth(item)), 0);
    case 'choice': {
      const [first, ...others] = node.options.map(fixedWidth);
      return others.every((width) => width === first) ? first : undefined;
    }
    case 'repeat': {
      const width = fixedWidth(node.item);
      return node.times.min === node.times.max && width !== undefined ? width * node.times.min : undefined;
    }
  }
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
