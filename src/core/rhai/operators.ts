import type { Budget } from '../jinja/budget.ts';
import { compareByCodePoint } from '../jinja/text.ts';
import type { Operator } from './nodes.ts';
import { failScript } from './rhai-fault.ts';
import {
  isSame,
  LARGEST_INTEGER,
  numberOf,
  plainText,
  RhaiArray,
  RhaiFloat,
  RhaiMap,
  RhaiRange,
  type RhaiValue,
  toText,
  typeOf,
} from './values.ts';

const LEAST = -(2n ** 63n);

/** A whole number of 64 bits. */
export function checkedInteger(value: bigint): bigint {
  return value < LEAST || value > LARGEST_INTEGER ? failScript('a whole number is too large') : value;
}

/** What an operator between two values gives. */
export function applyOperator(operator: Operator, left: RhaiValue, right: RhaiValue, budget: Budget): RhaiValue {
  if (operator === '==') return isSame(left, right, budget);
  if (operator === '!=') return !isSame(left, right, budget);
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') return isOrdered(operator, left, right, budget);
  if (typeof left === 'bigint' && typeof right === 'bigint') return integerResult(operator, left, right);
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first !== undefined && second !== undefined) return floatResult(operator, first, second);
  if (typeof left === 'boolean' && typeof right === 'boolean' && /^[&|^]$/.test(operator)) return truthResult(operator, left, right);
  return (
    compositeResult(operator, left, right, budget) ?? failScript(`there is no ${operator} between ${typeOf(left)} and ${typeOf(right)}`)
  );
}

/** Values of different types have no order. */
function isOrdered(operator: '<' | '<=' | '>' | '>=', left: RhaiValue, right: RhaiValue, budget: Budget): boolean {
  const order = orderOf(left, right, budget);
  if (order === undefined || Number.isNaN(order)) return false;
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** Less than 0, 0 or more; `undefined` where two values have no order. */
export function orderOf(left: RhaiValue, right: RhaiValue, budget: Budget): number | undefined {
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first !== undefined && second !== undefined) return first - second;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const [text, other] = [plainText(left), plainText(right)];
  if (text === undefined || other === undefined) return undefined;
  budget.spendSteps((text.length + other.length) >> 3);
  return compareByCodePoint(text, other);
}

function integerResult(operator: Operator, left: bigint, right: bigint): RhaiValue {
  switch (operator) {
    case '+':
      return checkedInteger(left + right);
    case '-':
      return checkedInteger(left - right);
    case '*':
      return checkedInteger(left * right);
    case '/':
      return right === 0n ? failScript('a number is divided by zero') : checkedInteger(left / right);
    case '%':
      return right === 0n ? failScript('a number is divided by zero') : left % right;
    case '**':
      return power(left, right);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    default:
      return shifted(operator === '<<' ? right : -right, left);
  }
}

function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return failScript('a whole number has no negative power');
  const isSmall = base >= -1n && base <= 1n;
  if (exponent > 64n && !isSmall) return failScript('a whole number is too large');
  return checkedInteger(base ** (isSmall && exponent > 2n ? 2n - (exponent % 2n) : exponent));
}

function shifted(places: bigint, value: bigint): bigint {
  if (places > 63n) return 0n;
  if (places < -63n) return value < 0n ? -1n : 0n;
  return BigInt.asIntN(64, places >= 0n ? value << places : value >> -places);
}

function floatResult(operator: Operator, left: number, right: number): RhaiValue {
  switch (operator) {
    case '+':
      return new RhaiFloat(left + right);
    case '-':
      return new RhaiFloat(left - right);
    case '*':
      return new RhaiFloat(left * right);
    case '/':
      return new RhaiFloat(left / right);
    case '%':
      return new RhaiFloat(left % right);
    case '**':
      return new RhaiFloat(left ** right);
    default:
      return failScript(`there is no ${operator} between numbers with decimals`);
  }
}

function truthResult(operator: Operator, left: boolean, right: boolean): boolean {
  if (operator === '&') return left && right;
  return operator === '|' ? left || right : left !== right;
}

/** Sums of texts, lists and maps; `undefined` for anything else. */
function compositeResult(operator: Operator, left: RhaiValue, right: RhaiValue, budget: Budget): RhaiValue | undefined {
  if (operator === '-') return typeof left === 'string' ? without(left, right, budget) : undefined;
  if (operator !== '+') return undefined;
  if (left instanceof RhaiArray && typeof right !== 'string') return joined(left, right, budget);
  if (left instanceof RhaiMap && right instanceof RhaiMap) {
    budget.allocate((left.entries.size + right.entries.size) * 32);
    return new RhaiMap(new Map([...left.entries, ...right.entries]));
  }
  if (plainText(left) === undefined && plainText(right) === undefined) return undefined;
  const text = toText(left, budget) + toText(right, budget);
  budget.allocate(text.length);
  return text;
}

function joined({ items }: RhaiArray, right: RhaiValue, budget: Budget): RhaiArray {
  const more = right instanceof RhaiArray ? right.items : [right];
  budget.allocate((items.length + more.length) * 8);
  return new RhaiArray([...items, ...more]);
}

function without(left: string, right: RhaiValue, budget: Budget): string | undefined {
  const part = plainText(right);
  budget.allocate(left.length);
  return part === undefined ? undefined : part === '' ? left : left.replaceAll(part, '');
}

/** Whether `right` has `left` in it. */
export function isIn(left: RhaiValue, right: RhaiValue, budget: Budget): boolean {
  if (right instanceof RhaiArray) return right.items.some((item) => isSame(item, left, budget));
  if (right instanceof RhaiRange) return typeof left === 'bigint' && isInRange(left, right);
  const text = plainText(left);
  budget.spendSteps((text?.length ?? 0) >> 3);
  if (right instanceof RhaiMap) return text !== undefined && right.entries.has(text);
  if (typeof right !== 'string' || text === undefined) return failScript(`${typeOf(right)} does not contain ${typeOf(left)}`);
  budget.spendSteps(right.length >> 2);
  return right.includes(text);
}

/** Numbers with decimals may lie in a range, too. */
export function isInRange(value: RhaiValue, { start, end, last, isInclusive }: RhaiRange): boolean {
  const number = value instanceof RhaiFloat ? value.value : value;
  if (typeof number !== 'bigint' && typeof number !== 'number') return false;
  return number >= start && (isInclusive ? number <= last : number < end);
}
