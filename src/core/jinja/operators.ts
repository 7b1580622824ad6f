import type { Budget } from './budget.ts';
import { dictHas, isEqual, isLess, isLessOrEqual } from './compare.ts';
import { fail } from './fault.ts';
import { itemsOf } from './iterate.ts';
import type { BinaryOperator, CompareOperator } from './nodes.ts';
import { floatOf, integerArithmetic, integerDivide, integerOf, integerPower, makeFloat, numberOf } from './numbers.ts';
import { formatPercent } from './percent-format.ts';
import { escapeHtml } from './text.ts';
import {
  isDict,
  isLenient,
  isRealList,
  JinjaRange,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  textOf,
  typeName,
} from './values.ts';

/** Applies an arithmetic operator with Python's meaning. @throws TemplateFault for operands it is not defined for */
export function applyBinary(operator: BinaryOperator, left: JinjaValue, right: JinjaValue, budget: Budget): JinjaValue {
  const numeric = applyNumeric(operator, left, right);
  if (numeric !== undefined) return numeric;
  const other = applyToSequences(operator, left, right, budget);
  if (other !== undefined) return other;
  if (left instanceof JinjaUndefined) left.fail();
  if (right instanceof JinjaUndefined) right.fail();
  return fail(
    `"${operator}" is not possible between ${typeName(left)} and ${typeName(right)}`,
    operator === '+' ? 'join text of any kind with "~"' : undefined,
  );
}

function applyNumeric(operator: BinaryOperator, left: JinjaValue, right: JinjaValue): JinjaValue | undefined {
  const a = integerOf(left);
  const b = integerOf(right);
  if (a !== undefined && b !== undefined) return applyIntegers(operator, a, b);
  const x = numberOf(left);
  const y = numberOf(right);
  return x === undefined || y === undefined ? undefined : applyFloats(operator, x, y);
}

function applyIntegers(operator: BinaryOperator, a: number | bigint, b: number | bigint): JinjaValue {
  switch (operator) {
    case '+':
    case '-':
    case '*':
      return integerArithmetic(operator, a, b);
    case '/':
      checkDivisor(b);
      return makeFloat(Number(a) / Number(b));
    case '//':
      checkDivisor(b);
      return integerDivide(a, b).quotient;
    case '%':
      checkDivisor(b);
      return integerDivide(a, b).remainder;
    default:
      return b < 0 ? inversePower(a, b) : integerPower(a, b);
  }
}

/** A power with a negative exponent; exact, but for the division, where the power itself is. */
function inversePower(a: number | bigint, b: number | bigint): JinjaValue {
  const power = Number(a) ** -Number(b);
  return Number.isSafeInteger(power) && power !== 0 ? makeFloat(1 / power) : applyFloats('**', Number(a), Number(b));
}

function applyFloats(operator: BinaryOperator, x: number, y: number): JinjaValue {
  switch (operator) {
    case '+':
      return makeFloat(x + y);
    case '-':
      return makeFloat(x - y);
    case '*':
      return makeFloat(x * y);
    case '/':
      checkDivisor(y);
      return makeFloat(x / y);
    case '//':
      checkDivisor(y);
      return makeFloat(floorQuotient(x, y));
    case '%':
      checkDivisor(y);
      return makeFloat(floatRemainder(x, y));
    default:
      return floatPower(x, y);
  }
}

function floorQuotient(x: number, y: number): number {
  const remainder = x % y;
  const isBelow = remainder !== 0 && remainder < 0 !== y < 0;
  const quotient = Math.floor((x - remainder) / y + 0.5) - (isBelow ? 1 : 0);
  return quotient === 0 ? 0 * Math.sign(x / y) : quotient;
}

function floatRemainder(x: number, y: number): number {
  const remainder = x % y;
  if (remainder === 0) return y < 0 ? -0 : 0;
  return remainder < 0 === y < 0 ? remainder : remainder + y;
}

function floatPower(x: number, y: number): JinjaValue {
  if (x === 1) return makeFloat(1);
  if (x === 0 && y < 0) fail('0.0 cannot be raised to a negative power');
  const result = x ** y;
  if (Number.isNaN(result) && !Number.isNaN(x) && !Number.isNaN(y)) fail('a negative number cannot be raised to a fractional power');
  if (!Number.isFinite(result) && Number.isFinite(x) && Number.isFinite(y)) fail('the result of "**" is too large');
  return makeFloat(result);
}

function checkDivisor(divisor: number | bigint): void {
  if (Number(divisor) === 0) fail('division by zero');
}

function applyToSequences(operator: BinaryOperator, left: JinjaValue, right: JinjaValue, budget: Budget): JinjaValue | undefined {
  if (operator === '+') return add(left, right, budget);
  if (operator === '*') {
    const count = integerOf(right);
    if (count !== undefined) return repeat(left, Number(count), budget);
    const leading = integerOf(left);
    return leading === undefined ? undefined : repeat(right, Number(leading), budget);
  }
  if (operator === '%' && textOf(left) !== undefined) return formatPercent(left, right, budget);
  return undefined;
}

function add(left: JinjaValue, right: JinjaValue, budget: Budget): JinjaValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.allocate(left.length + right.length);
    return left + right;
  }
  if (left instanceof Markup || right instanceof Markup) {
    if (textOf(left) === undefined || textOf(right) === undefined) return undefined;
    return new Markup(allocated(escaped(left) + escaped(right), budget));
  }
  if (isRealList(left) && isRealList(right)) return concatenate(left, right, budget);
  if (left instanceof JinjaTuple && right instanceof JinjaTuple) return new JinjaTuple(concatenate(left.items, right.items, budget));
  return undefined;
}

function escaped(value: JinjaValue): string {
  return value instanceof Markup ? value.text : escapeHtml(textOf(value) ?? '');
}

function allocated(text: string, budget: Budget): string {
  budget.allocate(text.length);
  return text;
}

function concatenate(left: readonly JinjaValue[], right: readonly JinjaValue[], budget: Budget): JinjaValue[] {
  budget.allocate(8 * (left.length + right.length));
  return left.concat(right);
}

function repeat(value: JinjaValue, count: number, budget: Budget): JinjaValue | undefined {
  const times = Math.max(0, count);
  const text = textOf(value);
  if (text !== undefined) {
    budget.allocate(text.length * times);
    const repeated = text === '' ? '' : text.repeat(times);
    return value instanceof Markup ? new Markup(repeated) : repeated;
  }
  if (isRealList(value)) return repeatItems(value, times, budget);
  return value instanceof JinjaTuple ? new JinjaTuple(repeatItems(value.items, times, budget)) : undefined;
}

function repeatItems(items: readonly JinjaValue[], times: number, budget: Budget): JinjaValue[] {
  budget.allocate(items.length * times * 8);
  const result: JinjaValue[] = [];
  for (let round = 0; items.length > 0 && round < times; round++) for (const item of items) result.push(item);
  return result;
}

/** Applies a sign. */
export function applySign(operator: '-' | '+', value: JinjaValue): JinjaValue {
  const integer = integerOf(value);
  if (integer !== undefined) return operator === '+' ? integer : integerArithmetic('-', 0, integer);
  const number = floatOf(value);
  if (number !== undefined) return makeFloat(operator === '-' ? -number : number);
  if (value instanceof JinjaUndefined) value.fail();
  return fail(`a value of type ${typeName(value)} cannot have a sign`);
}

/** A comparison of two values, as Python makes it. A strictly undefined value fails. */
export function compareValues(operator: CompareOperator, left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case '<':
      return isLess(left, right, budget);
    case '<=':
      return isLessOrEqual(left, right, budget);
    case '>':
      return isLess(right, left, budget, '>');
    case '>=':
      return isLessOrEqual(right, left, budget, '>=');
    case 'in':
      return isContained(left, right, budget);
    default:
      return !isContained(left, right, budget);
  }
}

/** Python's `in`: an item of a sequence, a key of a dict, a part of a string. */
export function isContained(item: JinjaValue, container: JinjaValue, budget: Budget): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    if (item instanceof JinjaUndefined) item.fail();
    const part = textOf(item);
    if (part === undefined) fail(`"in" a string needs a string, not ${typeName(item)}`);
    budget.spendSteps(text.length >> 4);
    return text.includes(part);
  }
  if (isDict(container)) return !isLenient(item) && dictHas(container, item, budget);
  if (container instanceof JinjaRange) return isInRange(item, container);
  if (container instanceof JinjaUndefined) return container.behavior === 'strict' ? container.fail() : false;
  const items = itemsOf(container, budget);
  if (items === undefined) return fail(`"in" is not possible with ${typeName(container)}`);
  return items.some((candidate) => {
    budget.step();
    return (typeof item !== 'string' && candidate === item) || isEqual(item, candidate, budget);
  });
}

function isInRange(item: JinjaValue, range: JinjaRange): boolean {
  const number = numberOf(item);
  if (number === undefined || !Number.isInteger(number)) return false;
  const index = (number - range.start) / range.step;
  return Number.isInteger(index) && index >= 0 && index < range.length;
}
