import { integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { strip } from '../methods/strip.ts';
import { floatOf, integerArithmetic, integerOf, makeFloat, makeInteger, numberOf } from '../numbers.ts';
import { floatText, toFixedHalfEven } from '../python-float.ts';
import { type JinjaFilter, JinjaUndefined, type JinjaValue, orElse, textOf, truth, typeName } from '../values.ts';
import { filter } from './define-filter.ts';

type Bound = readonly (JinjaValue | undefined)[];

/** Filters over numbers. */
export const NUMBER_FILTERS: readonly [string, JinjaFilter][] = [
  filter('abs', '', (value) => absolute(value)),
  filter('int', 'default base', toInteger),
  filter('float', 'default', toFloat),
  filter('round', 'precision method', round),
  filter('filesizeformat', 'binary', fileSize),
];

function absolute(value: JinjaValue): JinjaValue {
  const integer = integerOf(value);
  if (integer !== undefined) return integer < 0 ? integerArithmetic('-', 0, integer) : integer;
  const number = floatOf(value);
  return number === undefined ? fail(`"abs" needs a number, not ${typeName(value)}`) : makeFloat(Math.abs(number));
}

const FLOAT_TEXT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SPECIAL_TEXT = /^([+-]?)(inf|infinity|nan)$/i;
const MAX_DIGITS = 4300;

function parseFloatText(text: string): number | undefined {
  if (text.length > MAX_DIGITS) return undefined;
  const trimmed = strip(text);
  if (FLOAT_TEXT.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  const special = SPECIAL_TEXT.exec(trimmed);
  if (special === null) return undefined;
  if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function toInteger(value: JinjaValue, [fallback, base]: Bound): JinjaValue {
  if (value instanceof JinjaUndefined) value.fail();
  const text = textOf(value);
  const number = text === undefined ? value : (parseInteger(text, integerArgument(base, 'base', 10)) ?? parseFloatText(text));
  const integer = integerOf(number);
  if (integer !== undefined) return integer;
  const float = floatOf(number);
  if (float === undefined || Number.isNaN(float)) return orElse(fallback, () => 0);
  return Number.isFinite(float) ? makeInteger(BigInt(Math.trunc(float))) : fail('there is no int for infinity');
}

function parseInteger(text: string, base: number): number | bigint | undefined {
  if (base !== 0 && (base < 2 || base > 36)) return undefined;
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB])?([\da-zA-Z]+(?:_[\da-zA-Z]+)*)$/.exec(strip(text));
  if (match === null || text.length > MAX_DIGITS) return undefined;
  const [, sign = '', prefix = '', rest = ''] = match;
  const wanted = { 2: '0b', 8: '0o', 16: '0x' }[base];
  const accepts = prefix !== '' && (prefix.toLowerCase() === wanted || base === 0);
  const radix = base === 0 ? ({ '0b': 2, '0o': 8, '0x': 16 }[prefix.toLowerCase()] ?? 10) : base;
  const digits = (accepts ? rest : prefix + rest).replaceAll('_', '').toLowerCase();
  let result = 0n;
  for (const digit of digits) {
    const place = Number.parseInt(digit, 36);
    if (place >= radix) return undefined;
    result = result * BigInt(radix) + BigInt(place);
  }
  return makeInteger(sign === '-' ? -result : result);
}

function toFloat(value: JinjaValue, [fallback]: Bound): JinjaValue {
  if (value instanceof JinjaUndefined) value.fail();
  const text = textOf(value);
  const number = text === undefined ? numberOf(value) : parseFloatText(text);
  return number === undefined ? orElse(fallback, () => makeFloat(0)) : makeFloat(number);
}

function round(value: JinjaValue, [precision, method]: Bound): JinjaValue {
  const digits = integerArgument(precision, 'precision', 0);
  const how = textArgument(method, 'method', 'common');
  if (how !== 'common' && how !== 'ceil' && how !== 'floor') fail('"method" must be "common", "ceil" or "floor"');
  const number = numberOf(value);
  if (number === undefined) return fail(`"round" needs a number, not ${typeName(value)}`);
  if (!Number.isFinite(number)) return makeFloat(number);
  if (how !== 'common') {
    const scale = 10 ** digits;
    return makeFloat(((how === 'ceil' ? Math.ceil(number * scale) : Math.floor(number * scale)) + 0) / scale);
  }
  const integer = integerOf(value);
  if (integer !== undefined) return roundInteger(integer, digits);
  if (number === 0) return value;
  return makeFloat(
    digits >= 0
      ? Number(toFixedHalfEven(number, Math.min(digits, 100)))
      : Math.sign(number) * Number(roundTens(BigInt(Math.round(Math.abs(number))), -digits)),
  );
}

function roundInteger(value: number | bigint, digits: number): JinjaValue {
  return digits >= 0 ? value : makeInteger(roundTens(BigInt(value), -digits));
}

/** Rounds to a power of ten, ties to even. */
function roundTens(big: bigint, places: number): bigint {
  if (places > MAX_DIGITS) return 0n;
  const unit = 10n ** BigInt(places);
  const lower = (big / unit - (big < 0n && big % unit !== 0n ? 1n : 0n)) * unit;
  const twice = (big - lower) * 2n;
  const isUp = twice > unit || (twice === unit && (lower / unit) % 2n !== 0n);
  return isUp ? lower + unit : lower;
}

const DECIMAL = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

function fileSize(value: JinjaValue, [binary]: Bound): JinjaValue {
  const text = textOf(value);
  const bytes = text === undefined ? numberOf(value) : parseFloatText(text);
  if (bytes === undefined) return fail(`"filesizeformat" needs a number, not ${typeName(value)}`);
  const isBinary = binary !== undefined && truth(binary);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Number.isFinite(bytes) ? BigInt(Math.trunc(bytes)) : fail('there is no int for infinity')} Bytes`;
  const units = isBinary ? BINARY : DECIMAL;
  let index = 0;
  // What is no number is less than nothing.
  while (index < units.length - 1 && !(bytes < base ** (index + 2))) index++;
  const size = bytes / base ** (index + 1);
  return `${Number.isFinite(size) ? toFixedHalfEven(size, 1) : floatText(size)} ${units[index] ?? ''}`;
}
