import { classOf, literal, range } from './character-classes.ts';
import type { CharacterNode, CharacterTest } from './regex-nodes.ts';

/** A place in a regular expression that is being read. */
export interface RegexCursor {
  readonly characters: readonly string[];
  at: number;
  readonly ignoreCase: boolean;
  fail(message: string, at?: number): never;
  take(text: string): boolean;
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

const CODES: readonly RegExp[] = [/^x([\da-fA-F]{2})/, /^u([\da-fA-F]{4})/, /^U([\da-fA-F]{8})/];

/** Reads what stands behind a backslash, where it is one character. */
export function readEscape(cursor: RegexCursor): string {
  const start = cursor.at;
  const rest = cursor.characters.slice(start, start + 10).join('');
  const octal = /^(?:0[0-7]{0,2}|[0-3][0-7]{2})/.exec(rest)?.[0];
  if (octal !== undefined) {
    cursor.at += octal.length;
    return String.fromCodePoint(Number.parseInt(octal, 8));
  }
  for (const form of CODES) {
    const match = form.exec(rest);
    if (match === null) continue;
    const code = Number.parseInt(match[1] ?? '', 16);
    if (code > 0x10ffff) cursor.fail('there is no such character', start - 1);
    cursor.at += match[0].length;
    return String.fromCodePoint(code);
  }
  const letter = cursor.characters[start] ?? cursor.fail('a backslash at the end', start - 1);
  cursor.at++;
  const control = CONTROLS[letter];
  if (control !== undefined) return control;
  return /^[A-Za-z\d]$/.test(letter) ? cursor.fail(`\\${letter} means nothing`, start - 1) : letter;
}

/** Reads a set of characters, whose opening bracket is behind. */
export function readSet(cursor: RegexCursor): CharacterNode {
  const start = cursor.at - 1;
  const isNegative = cursor.take('^');
  const tests: CharacterTest[] = [];
  for (let isFirst = true; isFirst || cursor.characters[cursor.at] !== ']'; isFirst = false) {
    if (cursor.at >= cursor.characters.length) cursor.fail('a set has no end', start);
    tests.push(readSetItem(cursor, start));
  }
  cursor.at++;
  const test: CharacterTest = (character) => tests.some((member) => member(character)) !== isNegative;
  return { kind: 'character', test, cost: tests.length };
}

function readSetItem(cursor: RegexCursor, start: number): CharacterTest {
  const from = readMember(cursor);
  const isRange = cursor.characters[cursor.at] === '-' && ![']', undefined].includes(cursor.characters[cursor.at + 1]);
  if (!isRange) return typeof from === 'string' ? literal(from, cursor.ignoreCase) : from;
  cursor.at++;
  const to = readMember(cursor);
  if (typeof from !== 'string' || typeof to !== 'string') return cursor.fail('a range needs two characters', start);
  const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  if (low > high) cursor.fail(`the range ${from}-${to} is empty`, start);
  return range(low, high, cursor.ignoreCase);
}

function readMember(cursor: RegexCursor): string | CharacterTest {
  const character = cursor.characters[cursor.at++] ?? '';
  if (character !== '\\') return character;
  const letter = cursor.characters[cursor.at] ?? '';
  const test = classOf(letter);
  if (test === undefined && letter !== 'b') return readEscape(cursor);
  cursor.at++;
  return test ?? '\b';
}
