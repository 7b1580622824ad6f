import type { Value } from '../../pack/values.ts';
import { JinjaFloat } from '../values.ts';

/** A whole float as a value: the template language tells it from a whole number, plain data do not. */
export function floatValue(value: number): Value {
  return Number.isInteger(value) || !Number.isFinite(value) ? (new JinjaFloat(value) as unknown as Value) : value;
}

/** The number of a value that is one; `undefined` for anything else. */
export function numberIn(value: Value): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return (value as unknown) instanceof JinjaFloat ? (value as unknown as JinjaFloat).value : undefined;
}

/** Whether a value can be a key: a list or a mapping cannot. */
export function isKey(value: Value): boolean {
  return value === null || typeof value !== 'object' || numberIn(value) !== undefined;
}

/** A value as a key of a mapping: the template language tells `1` from `'1'`, and has one key for 1 and 1.0; plain data have text only. */
export function keyValue(value: Value): string {
  return (numberIn(value) ?? value) as unknown as string;
}

/** Whether a number is a float of Python. */
export function isFloat(value: Value): boolean {
  return (value as unknown) instanceof JinjaFloat || (typeof value === 'number' && !Number.isInteger(value));
}

/** What a plain scalar is in YAML 1.1, by the patterns of PyYAML's resolver. */
export function resolvePlain(text: string): Value {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true;
  if (/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false;
  return resolveInteger(text) ?? resolveFloat(text) ?? text;
}

/** What a scalar is by its tag; `undefined` where it cannot be that. */
export function resolveTagged(text: string, tag: string): Value | undefined {
  const value = resolvePlain(tag === '!!bool' ? text.toLowerCase() : text);
  const number = numberIn(value);
  switch (tag) {
    case '!!null':
      return null;
    case '!!bool':
      return typeof value === 'boolean' ? value : undefined;
    case '!!int':
      return number === undefined || isFloat(value) ? undefined : value;
    case '!!float':
      if (number !== undefined) return floatValue(Number(number));
      return /^[-+]?\d+(?:\.\d*)?[eE][-+]?\d+$/.test(text) ? floatValue(Number(text)) : undefined;
    default:
      return text;
  }
}

function resolveInteger(text: string): Value | undefined {
  const [, sign = '', digits = ''] =
    /^([-+]?)(0b_*[01][01_]*|0x_*[\da-fA-F][\da-fA-F_]*|0[0-7_]+|0|[1-9][\d_]*(?::[0-5]?\d)*)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const bare = digits.replaceAll('_', '');
  const size = bare.includes(':') ? sexagesimal(bare) : BigInt(/^0[0-7]+$/.test(bare) ? `0o${bare.slice(1)}` : bare);
  const value = sign === '-' ? -size : size;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function sexagesimal(text: string): bigint {
  return text.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function resolveFloat(text: string): Value | undefined {
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return floatValue(text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return floatValue(Number.NaN);
  const isDecimal = /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/.test(text);
  if (!isDecimal && !/^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/.test(text)) return undefined;
  const parts = text.replace(/^[-+]/, '').replaceAll('_', '').split(':');
  const size = parts.reduceRight((sum, part, at) => sum + Number(part) * 60 ** (parts.length - 1 - at), 0);
  return floatValue(text.startsWith('-') ? -size : size);
}
