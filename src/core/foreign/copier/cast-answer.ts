import { floatValue, isFloat, numberIn } from '../../jinja/python-data/plain-scalar.ts';
import { readJsonValue } from '../../jinja/python-data/read-json.ts';
import { readYamlValue } from '../../jinja/python-data/read-yaml.ts';
import { floatText } from '../../jinja/python-float.ts';
import type { Value } from '../../pack/values.ts';

/** The types that a question of Copier can have. */
export const ANSWER_TYPES = ['bool', 'float', 'int', 'json', 'path', 'str', 'yaml'] as const;

export type AnswerType = (typeof ANSWER_TYPES)[number];

export class CastError extends Error {}

/** Turns an answer into its type as Copier does. @throws CastError that says why it cannot be. */
export function castAnswer(answer: Value, type: AnswerType): Value {
  if (type === 'yaml' || type === 'json') return typeof answer === 'string' ? parseText(answer, type) : answer;
  if (answer === null) throw new CastError(`there is no value of type ${type}`);
  switch (type) {
    case 'bool':
      return castToBool(answer);
    case 'float':
      return castToFloat(answer);
    case 'int':
      return castToInt(answer);
    default:
      return castToText(answer);
  }
}

function parseText(text: string, type: 'yaml' | 'json'): Value {
  const value = type === 'yaml' ? readYamlValue(text) : readJsonValue(text);
  if (value === undefined) throw new CastError(`it is not ${type === 'yaml' ? 'YAML' : 'JSON'}`);
  return value;
}

/** Copier's reading of a condition: numbers by their size, the words of YAML, else whether there is anything. */
export function castToBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const number = numberIn(value) ?? (typeof value === 'string' ? pythonFloat(value) : undefined);
  if (number !== undefined) return Boolean(number) || Number.isNaN(number);
  if (typeof value === 'string') {
    const word = value.toLowerCase();
    if (['y', 'yes', 't', 'true', 'on'].includes(word)) return true;
    return !['n', 'no', 'f', 'false', 'off', '~', 'null', 'none', ''].includes(word);
  }
  if (value === null) return false;
  return value instanceof Map ? value.size > 0 : (value as readonly Value[]).length > 0;
}

function castToFloat(value: Value): Value {
  const number =
    typeof value === 'boolean' ? Number(value) : (numberIn(value) ?? (typeof value === 'string' ? pythonFloat(value) : undefined));
  if (number === undefined) throw new CastError('it is not a number');
  return floatValue(Number(number));
}

function castToInt(value: Value): Value {
  if (typeof value === 'boolean') return Number(value);
  const number = numberIn(value);
  if (typeof number === 'bigint') return number;
  if (number !== undefined && Number.isFinite(number)) return Math.trunc(number);
  const digits =
    typeof value === 'string' && /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(value) ? value.trim().replaceAll('_', '').replace(/^\+/, '') : undefined;
  if (digits === undefined) throw new CastError('it is not a whole number');
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

function castToText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  const number = numberIn(value);
  if (number === undefined) throw new CastError('it is not text');
  return isFloat(value) ? floatText(Number(number)) : String(number);
}

function pythonFloat(text: string): number | undefined {
  const bare = text.trim().toLowerCase();
  if (/^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+)(?:e[-+]?\d+)?$/.test(bare)) return Number(bare.replaceAll('_', ''));
  if (/^[-+]?inf(?:inity)?$/.test(bare)) return bare.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[-+]?nan$/.test(bare) ? Number.NaN : undefined;
}

/** A value as JSON in one line: how an answer that is no plain value is kept. Keys that are no text stay so, for YAML to read. */
export function toJsonText(value: Value): string {
  const number = numberIn(value);
  // YAML 1.1 takes an exponent for one only behind a point.
  if (number !== undefined) return isFloat(value) ? floatText(Number(number)).replace(/^(-?\d+)e/, '$1.0e') : String(number);
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${toJsonText(key)}: ${toJsonText(item)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(toJsonText).join(', ')}]`;
  return JSON.stringify(value);
}

/** Whether two values are equal as Python has it: 1 and 1.0 are. */
export function isSameValue(a: Value, b: Value): boolean {
  const [left, right] = [numberIn(a), numberIn(b)];
  if (left !== undefined && right !== undefined) return Number(left) === Number(right);
  return toJsonText(a) === toJsonText(b);
}
