import { TemplateFault } from './fault.ts';
import { JinjaFloat, type JinjaValue } from './values.ts';

/** Integers of more bits than this are refused: printing and multiplying them would cost more than a step. */
const MAX_INTEGER_BITS = 14_284;

export type Integer = number | bigint;

/** The value as an integer (booleans are 0 and 1); undefined if it is none. The result is a safe number, or a bigint beyond that. */
export function integerOf(value: JinjaValue | undefined): Integer | undefined {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    return Number.isInteger(value) ? BigInt(value) : undefined;
  }
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return undefined;
}

/** The value as a float if it is one (an int is not); undefined otherwise. */
export function floatOf(value: JinjaValue | undefined): number | undefined {
  if (value instanceof JinjaFloat) return value.value;
  return typeof value === 'number' && !Number.isInteger(value) ? value : undefined;
}

/** The value of an int or a float as a JavaScript number; undefined if it is not a number. */
export function numberOf(value: JinjaValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof JinjaFloat) return value.value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** A float, whole or not. */
export function makeFloat(value: number): JinjaValue {
  return Number.isInteger(value) || !Number.isFinite(value) ? new JinjaFloat(value) : value;
}

/** An integer in its one form: a number while that is exact. */
export function makeInteger(value: bigint): Integer {
  if (value >= -9007199254740991n && value <= 9007199254740991n) return Number(value);
  if (bitLength(value) > MAX_INTEGER_BITS) failTooLarge();
  return value;
}

/** Adds, subtracts or multiplies two integers exactly. */
export function integerArithmetic(operator: '+' | '-' | '*', left: Integer, right: Integer): Integer {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = operator === '+' ? left + right : operator === '-' ? left - right : left * right;
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  const a = BigInt(left);
  const b = BigInt(right);
  return makeInteger(operator === '+' ? a + b : operator === '-' ? a - b : a * b);
}

/** Python's `//` and `%` of integers: rounded down, and with the sign of the divisor. The divisor is not zero. */
export function integerDivide(left: Integer, right: Integer): { readonly quotient: Integer; readonly remainder: Integer } {
  if (typeof left === 'number' && typeof right === 'number') {
    let remainder = left % right;
    if (remainder !== 0 && remainder < 0 !== right < 0) remainder += right;
    const quotient = Math.round((left - remainder) / right);
    if (Number.isSafeInteger(left - remainder))
      return { quotient: quotient === 0 ? 0 : quotient, remainder: remainder === 0 ? 0 : remainder };
  }
  const a = BigInt(left);
  const b = BigInt(right);
  let remainder = a % b;
  if (remainder !== 0n && remainder < 0n !== b < 0n) remainder += b;
  return { quotient: makeInteger((a - remainder) / b), remainder: makeInteger(remainder) };
}

/** Raises an integer to an exponent that is not negative; refused when the result would be beyond the limit. */
export function integerPower(base: Integer, exponent: Integer): Integer {
  if (base === 0 || base === 1) return exponent === 0 ? 1 : base;
  if (base === -1) return BigInt(exponent) % 2n === 0n ? 1 : -1;
  const bits = bitLength(BigInt(base));
  if ((bits - 1) * Number(exponent) > MAX_INTEGER_BITS) failTooLarge();
  return makeInteger(BigInt(base) ** BigInt(exponent));
}

/** The decimal digits of an integer. */
export function integerText(value: Integer): string {
  return String(value);
}

function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}

function failTooLarge(): never {
  throw new TemplateFault('LIMIT_EXCEEDED', `an integer went over the limit of ${MAX_INTEGER_BITS} bits`);
}
