import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import type { Checked } from './checked.ts';
import { findChoice } from './choice.ts';
import { emptyValue, isEmptyNone } from './empty-value.ts';
import { parseJsonValue } from './json-value.ts';
import { splitList, splitPair, splitUnescaped } from './split-list.ts';

/**
 * Turns text from a flag, the environment, a prompt or a rendered default into a value of the variable's type; whether it keeps the
 * variable's limits is checked afterwards.
 *
 * - `boolean`: true, false, yes, no, on, off, 1, 0, in any case
 * - `integer`: decimal digits with a sign, `_` between digits; beyond 2^53 it is a bigint
 * - `number`: decimal with point and exponent; `_` between digits
 * - `choice`: a value or a label, exactly; `choices`: several, as a list
 * - `list`: a JSON array, or items between commas (`\,` is a comma); `map`: a JSON object, or `key=value` pairs between commas
 * - all others: the text; line ends of `text` become `\n`
 *
 * Empty text is no value where the variable is optional and has no default.
 */
export function coerceText(text: string, definition: VariableDefinition): Checked {
  if (text === '' && isEmptyNone(definition)) return { kind: 'valid', value: emptyValue(definition.type) };
  switch (definition.type) {
    case 'boolean':
      return coerceBoolean(text);
    case 'integer':
      return coerceInteger(text);
    case 'number':
      return coerceNumber(text);
    case 'choice':
      return coerceChoice(text, definition);
    case 'choices':
      return coerceChoices(text, definition);
    case 'list':
      return coerceList(text);
    case 'map':
      return coerceMap(text);
    case 'text':
      return { kind: 'valid', value: text.replace(/\r\n?/g, '\n') };
    default:
      return { kind: 'valid', value: text };
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['y', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['n', false],
  ['f', false],
  ['0', false],
]);

const MAX_DIGITS = 300;

function coerceBoolean(text: string): Checked {
  const value = BOOLEANS.get(text.trim().toLowerCase());
  return value === undefined ? { kind: 'invalid', problem: 'it is neither true nor false' } : { kind: 'valid', value };
}

function coerceInteger(text: string): Checked {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DIGITS) return { kind: 'invalid', problem: `it has more than ${MAX_DIGITS} digits` };
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return { kind: 'invalid', problem: 'it is not a whole number' };
  const digits = trimmed.replaceAll('_', '').replace(/^\+/, '');
  const value = Number(digits);
  return { kind: 'valid', value: Number.isSafeInteger(value) ? value + 0 : BigInt(digits) };
}

function coerceNumber(text: string): Checked {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DIGITS) return { kind: 'invalid', problem: `it has more than ${MAX_DIGITS} digits` };
  if (/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return coerceInteger(trimmed);
  if (!/^[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return { kind: 'invalid', problem: 'it is not a number' };
  const value = Number(trimmed.replaceAll('_', ''));
  return Number.isFinite(value) ? { kind: 'valid', value: value + 0 } : { kind: 'invalid', problem: 'it is too large' };
}

function coerceChoice(text: string, definition: VariableDefinition): Checked {
  const choice = findChoice(text, definition.choices);
  // A value that is no choice passes here, so that one place names the choices.
  return { kind: 'valid', value: choice === undefined ? text : choice.value };
}

function coerceChoices(text: string, definition: VariableDefinition): Checked {
  const list = coerceList(text);
  if (list.kind === 'invalid') return list;
  const items = list.value as readonly Value[];
  return {
    kind: 'valid',
    value: items.map((item) => (typeof item === 'string' ? (findChoice(item, definition.choices)?.value ?? item) : item)),
  };
}

function coerceList(text: string): Checked {
  if (!text.trimStart().startsWith('[')) return { kind: 'valid', value: splitList(text) };
  return coerceJson(text, (value) => Array.isArray(value), 'a JSON array');
}

function coerceMap(text: string): Checked {
  if (text.trimStart().startsWith('{')) return coerceJson(text, (value) => value instanceof Map, 'a JSON object');
  const map = new Map<string, Value>();
  if (text.trim() === '') return { kind: 'valid', value: map };
  for (const part of splitUnescaped(text, ',')) {
    const pair = splitPair(part);
    if (pair === undefined) return { kind: 'invalid', problem: 'it is not key=value pairs between commas' };
    if (map.has(pair[0])) return { kind: 'invalid', problem: `the key ${JSON.stringify(pair[0])} is repeated` };
    map.set(pair[0], pair[1]);
  }
  return { kind: 'valid', value: map };
}

function coerceJson(text: string, isExpected: (value: Value) => boolean, expected: string): Checked {
  const outcome = parseJsonValue(text);
  if (outcome.kind === 'problem')
    return { kind: 'invalid', problem: `it is not ${expected}: ${outcome.problem} at character ${outcome.offset + 1}` };
  return isExpected(outcome.value) ? { kind: 'valid', value: outcome.value } : { kind: 'invalid', problem: `it is not ${expected}` };
}
