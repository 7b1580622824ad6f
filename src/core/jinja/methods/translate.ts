import { textArgument } from '../arguments.ts';
import type { Budget } from '../budget.ts';
import { dictGet, dictSet } from '../compare.ts';
import { fail } from '../fault.ts';
import { characters, textLength } from '../text.ts';
import { isDict, type JinjaDict, type JinjaValue, textOf } from '../values.ts';

const MAX_CODE_POINT = 0x10ffff;

/** `str.translate`: each character as the table has it by its code point; null leaves it out, and what the table has not stays. */
export function translate(text: string, table: JinjaValue | undefined, budget: Budget): string {
  if (table === undefined || !isDict(table))
    fail('"translate" needs a dict of code points', "write for example text.translate(''.maketrans('-', '_'))");
  budget.spendSteps(text.length);
  let result = '';
  for (const character of text) {
    const found = dictGet(table, character.codePointAt(0) ?? 0, budget);
    const replaced = found === undefined ? character : replacement(found);
    budget.allocate(replaced.length);
    result += replaced;
  }
  return result;
}

function replacement(value: JinjaValue): string {
  if (value === null) return '';
  if (typeof value !== 'number') return textOf(value) ?? fail('a character becomes a text, a code point or none');
  return Number.isInteger(value) && value >= 0 && value <= MAX_CODE_POINT
    ? String.fromCodePoint(value)
    : fail('a code point is a whole number between 0 and 1114111');
}

/** `str.maketrans`: a table for `translate`, of a dict, or of texts of one length, with what is left out. */
export function makeTable([from, to, without]: readonly (JinjaValue | undefined)[], budget: Budget): JinjaDict {
  const table = new Map<JinjaValue, JinjaValue>();
  const set = (key: JinjaValue, value: JinjaValue): void => dictSet(table, codePointOf(key), value, budget);
  if (to === undefined) {
    if (from === undefined || !isDict(from)) fail('with one argument "maketrans" needs a dict');
    for (const [key, value] of from) set(key, value);
    return table;
  }
  const [old, replaced] = [characters(textArgument(from, 'x')), characters(textArgument(to, 'y'))];
  if (old.length !== replaced.length) fail('the first two arguments of "maketrans" must have the same length');
  for (let index = 0; index < old.length; index++) set(old[index] ?? '', (replaced[index] ?? '').codePointAt(0) ?? 0);
  for (const character of characters(textArgument(without, 'z', ''))) set(character, null);
  return table;
}

function codePointOf(key: JinjaValue): JinjaValue {
  const text = textOf(key);
  if (text === undefined) return typeof key === 'number' ? key : fail('keys of "maketrans" are characters or code points');
  return textLength(text) === 1 ? (text.codePointAt(0) ?? 0) : fail('keys of "maketrans" are texts of one character');
}
