import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import type { GivenValue } from './answer-types.ts';
import { checkConstraints } from './check-constraints.ts';
import type { Checked } from './checked.ts';
import { findChoice } from './choice.ts';
import { coerceText } from './coerce-text.ts';
import { emptyValue, isEmptyNone } from './empty-value.ts';
import { MAX_INPUT_LENGTH } from './nesting-guard.ts';

/** Checks a given value against the definition of its variable: text is coerced, a typed value must have the type, and both must keep the limits. */
export function checkAnswer(given: GivenValue, definition: VariableDefinition): Checked {
  const typed = given.kind === 'text' ? coerceGivenText(given.text, definition) : checkType(given.value, definition);
  if (typed.kind === 'invalid') return typed;
  if (isNone(typed.value, definition)) return typed;
  return checkConstraints(typed.value, definition);
}

/** Checks a typed value (from a file, or computed) against the type alone. No type turns into another, except that a choice may be given by its label. */
export function checkType(value: Value, definition: VariableDefinition): Checked {
  if (isNone(value, definition)) return { kind: 'valid', value };
  const { type } = definition;
  if (type === 'choice') return { kind: 'valid', value: choiceOf(value, definition) };
  if (type === 'choices' && Array.isArray(value)) {
    return { kind: 'valid', value: (value as readonly Value[]).map((item) => choiceOf(item, definition)) };
  }
  if (HAS_TYPE[type](value)) return { kind: 'valid', value: normaliseTyped(value, type) };
  return { kind: 'invalid', problem: `it is ${describeKind(value)}${quotationAdvice(value, type)}` };
}

const isText = (value: Value): boolean => typeof value === 'string';
const isList = (value: Value): boolean => Array.isArray(value);
const isWhole = (value: Value): boolean => typeof value === 'bigint' || Number.isInteger(value);

const HAS_TYPE: Readonly<Record<VariableType, (value: Value) => boolean>> = {
  string: isText,
  text: isText,
  path: isText,
  url: isText,
  email: isText,
  secret: isText,
  integer: isWhole,
  number: (value) => typeof value === 'bigint' || Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  choice: () => true,
  choices: isList,
  list: isList,
  map: (value) => value instanceof Map,
};

function coerceGivenText(text: string, definition: VariableDefinition): Checked {
  if (text.length > MAX_INPUT_LENGTH) return { kind: 'invalid', problem: `it has more than ${MAX_INPUT_LENGTH} characters` };
  return coerceText(text, definition);
}

function isNone(value: Value, definition: VariableDefinition): boolean {
  if (!isEmptyNone(definition)) return false;
  return value === null || (value === '' && emptyValue(definition.type) === '');
}

function choiceOf(value: Value, definition: VariableDefinition): Value {
  if (definition.choices.some((choice) => choice.value === value)) return value;
  return typeof value === 'string' ? (findChoice(value, definition.choices)?.value ?? value) : value;
}

function normaliseTyped(value: Value, type: VariableType): Value {
  if (type === 'text' && typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (type === 'integer' && typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
  return value;
}

/** Texts that would be a value of the type without their quotation marks. */
const BARE: Partial<Readonly<Record<VariableType, RegExp>>> = {
  integer: /^[-+]?\d+$/,
  number: /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i,
  boolean: /^(?:true|false)$/i,
};

function quotationAdvice(value: Value, type: VariableType): string {
  if (typeof value === 'string') return BARE[type]?.test(value.trim()) === true ? ' (write it without quotation marks)' : '';
  const isPlain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
  return isPlain && HAS_TYPE[type]('') ? ' (write it in quotation marks)' : '';
}

function describeKind(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Map) return 'a map';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}
