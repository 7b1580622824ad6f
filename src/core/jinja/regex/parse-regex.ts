import { classOf, literal } from './character-classes.ts';
import { readEscape, readSet } from './read-characters.ts';
import type { CharacterTest, RegexNode, Repetition } from './regex-nodes.ts';
import { fixedWidth } from './regex-nodes.ts';

const MAX_PATTERN_LENGTH = 10_000;
const MAX_DEPTH = 100;
const MAX_REPEAT = 65_535;
/** More would make each match large. Python's own limit was 100. */
const MAX_GROUPS = 100;

/** What is wrong with a regular expression, and where: an index into its characters. */
export class RegexError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(`${message} at position ${at}`);
    this.at = at;
  }
}

/** Flags of Python's `re`: `i`, `m`, `s`, `x`. */
export type RegexFlags = ReadonlySet<string>;

export interface ParsedRegex {
  readonly node: RegexNode;
  readonly groupCount: number;
  readonly groupNumbers: ReadonlyMap<string, number>;
}

/** Parses a regular expression of Python's `re`. @throws RegexError */
export function parseRegex(source: string, flags: RegexFlags): ParsedRegex {
  const parser = new RegexParser([...source], flags);
  return parser.parse();
}

class RegexParser {
  readonly characters: readonly string[];
  at = 0;
  private flags: RegexFlags;
  private groupCount = 0;
  private depth = 0;
  private readonly closed = new Set<number>();
  private readonly groupNumbers = new Map<string, number>();

  constructor(characters: readonly string[], flags: RegexFlags) {
    this.characters = characters;
    this.flags = flags;
    if (characters.length > MAX_PATTERN_LENGTH) this.fail(`more than ${MAX_PATTERN_LENGTH} characters`);
  }

  parse(): ParsedRegex {
    const node = this.readChoice();
    if (this.at < this.characters.length) this.fail('unbalanced parenthesis');
    return { node, groupCount: this.groupCount, groupNumbers: this.groupNumbers };
  }

  fail(message: string, at = this.at): never {
    throw new RegexError(message, at);
  }

  get next(): string | undefined {
    return this.characters[this.at];
  }

  get ignoreCase(): boolean {
    return this.flags.has('i');
  }

  take(text: string): boolean {
    const isThere = [...text].every((character, index) => this.characters[this.at + index] === character);
    if (isThere) this.at += [...text].length;
    return isThere;
  }

  takeUntil(end: string): string {
    const stop = this.characters.indexOf(end, this.at);
    if (stop === -1) this.fail(`missing ${end}`);
    const text = this.characters.slice(this.at, stop).join('');
    this.at = stop + 1;
    return text;
  }

  private readChoice(): RegexNode {
    if (++this.depth > MAX_DEPTH) this.fail('too many groups within groups');
    const options = [this.readSequence()];
    while (this.take('|')) options.push(this.readSequence());
    this.depth--;
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  private readSequence(): RegexNode {
    const items: RegexNode[] = [];
    while (this.next !== undefined && this.next !== '|' && this.next !== ')') {
      if (this.flags.has('x') && this.skipSpace()) continue;
      const start = this.at;
      const item = this.readItem();
      if (item === undefined) continue;
      items.push(this.readRepetition(item, start));
    }
    return { kind: 'sequence', items };
  }

  /** In verbose mode blanks and comments are nothing. */
  private skipSpace(): boolean {
    if (/^\s$/.test(this.next ?? '')) {
      this.at++;
      return true;
    }
    if (this.next !== '#') return false;
    const end = this.characters.indexOf('\n', this.at);
    this.at = end === -1 ? this.characters.length : end;
    return true;
  }

  private readRepetition(item: RegexNode, start: number): RegexNode {
    let node = item;
    for (let isFirst = true; ; isFirst = false) {
      const from = this.at;
      const bounds = this.readBounds();
      if (bounds === undefined) return node;
      if (!isFirst) this.fail('multiple repeat', from);
      if (item.kind === 'edge') this.fail('nothing to repeat', start);
      const order: Repetition['order'] = this.take('?') ? 'lazy' : this.take('+') ? 'possessive' : 'greedy';
      node = { kind: 'repeat', item: node, times: { ...bounds, order } };
    }
  }

  private readBounds(): Pick<Repetition, 'min' | 'max'> | undefined {
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.characters.slice(this.at, this.at + 16).join(''));
    if (match === null || (match[1] === '' && match[2] === '')) return undefined;
    const [whole = '', low = '', comma = '', high = ''] = match;
    const min = low === '' ? 0 : Number(low);
    const max = comma === '' ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (max < min) this.fail('the smallest number of repetitions is greater than the largest');
    if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT)) this.fail('too many repetitions');
    this.at += whole.length;
    return { min, max };
  }

  /** One item; `undefined` for what is none, such as a comment. */
  private readItem(): RegexNode | undefined {
    const start = this.at;
    if (this.readBounds() !== undefined) this.fail('nothing to repeat', start);
    const character = this.next ?? '';
    this.at++;
    switch (character) {
      case '.': {
        const isAll = this.flags.has('s');
        return one((each) => isAll || each !== '\n');
      }
      case '^':
        return { kind: 'edge', edge: this.flags.has('m') ? 'line-start' : 'first' };
      case '$':
        return { kind: 'edge', edge: this.flags.has('m') ? 'line-end' : 'last' };
      case '[':
        return readSet(this);
      case '\\':
        return this.readBackslash();
      case '(':
        return this.readGroup(start);
      default:
        return one(literal(character, this.ignoreCase));
    }
  }

  private readBackslash(): RegexNode {
    const start = this.at - 1;
    const letter = this.next ?? this.fail('a backslash at the end', start);
    const edge = ({ A: 'first', Z: 'end', b: 'word', B: 'no-word' } as const)[letter];
    if (edge !== undefined) {
      this.at++;
      return { kind: 'edge', edge };
    }
    const test = classOf(letter);
    if (test !== undefined) {
      this.at++;
      return one(test);
    }
    const number = /^[1-9]\d?/.exec(this.characters.slice(this.at, this.at + 2).join(''))?.[0];
    const isOctal = /^[0-3][0-7]{2}/.test(this.characters.slice(this.at, this.at + 3).join(''));
    if (number === undefined || isOctal) return one(literal(readEscape(this), this.ignoreCase));
    this.at += number.length;
    return this.referTo(Number(number), start);
  }

  private referTo(number: number, start: number): RegexNode {
    if (!this.closed.has(number)) this.fail(`there is no group ${number} before it`, start);
    return { kind: 'reference', number, ignoreCase: this.ignoreCase };
  }

  private readGroup(start: number): RegexNode | undefined {
    if (!this.take('?')) return this.readCapture(undefined, start);
    if (this.take('P<')) return this.readCapture(this.takeUntil('>'), start);
    if (this.take('P=')) {
      const name = this.takeUntil(')');
      return this.referTo(this.groupNumbers.get(name) ?? this.fail(`there is no group ${name} before it`, start), start);
    }
    if (this.take('#')) {
      this.takeUntil(')');
      return undefined;
    }
    for (const [mark, isBehind, isNegative] of LOOKS) if (this.take(mark)) return this.readLook({ isBehind, isNegative }, start);
    if (this.take('>')) return { kind: 'atomic', item: this.readInside(start) };
    if (this.take('(')) this.fail('a choice that depends on a group is not supported', start);
    return this.readFlags(start);
  }

  private readInside(start: number): RegexNode {
    const { flags } = this;
    const item = this.readChoice();
    this.flags = flags;
    if (!this.take(')')) this.fail('missing )', start);
    return item;
  }

  private readCapture(name: string | undefined, start: number): RegexNode {
    const number = ++this.groupCount;
    if (number > MAX_GROUPS) this.fail(`more than ${MAX_GROUPS} groups`, start);
    if (name !== undefined) {
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) this.fail(`${JSON.stringify(name)} cannot name a group`, start);
      if (this.groupNumbers.has(name)) this.fail(`a second group is named ${name}`, start);
      this.groupNumbers.set(name, number);
    }
    const item = this.readInside(start);
    this.closed.add(number);
    return { kind: 'group', number, item };
  }

  private readLook(look: { readonly isBehind: boolean; readonly isNegative: boolean }, start: number): RegexNode {
    const item = this.readInside(start);
    if (look.isBehind && fixedWidth(item) === undefined) this.fail('look-behind needs a fixed number of characters', start);
    return { kind: 'look', ...look, item };
  }

  private readFlags(start: number): RegexNode | undefined {
    const match = /^([aiLmsux]*)(?:-([ims]+))?([:)])/.exec(this.characters.slice(this.at, this.at + 20).join(''));
    if (match === null) return this.fail('unknown extension of groups', start);
    const [whole = '', on = '', off = '', end = ''] = match;
    this.at += whole.length;
    const changed = new Set([...[...this.flags].filter((flag) => !off.includes(flag)), ...on]);
    if (end === ')') {
      if (start !== 0 || off !== '') this.fail('flags for the whole expression stand at its start', start);
      this.flags = changed;
      return undefined;
    }
    const { flags } = this;
    this.flags = changed;
    const item = this.readInside(start);
    this.flags = flags;
    return item;
  }
}

const LOOKS: readonly (readonly [mark: string, isBehind: boolean, isNegative: boolean])[] = [
  ['=', false, false],
  ['!', false, true],
  ['<=', true, false],
  ['<!', true, true],
];

function one(test: CharacterTest): RegexNode {
  return { kind: 'character', test, cost: 1 };
}
