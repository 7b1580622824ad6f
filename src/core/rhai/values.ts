import type { Budget } from '../jinja/budget.ts';

/** What a script computes with; `null` is the unit `()`, whole numbers are `bigint`. Nothing of the host is among them. */
export type RhaiValue = null | boolean | bigint | string | RhaiFloat | RhaiChar | RhaiArray | RhaiMap | RhaiRange | RhaiFunction;

export class RhaiFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** The largest whole number. */
export const LARGEST_INTEGER = 2n ** 63n - 1n;

/** One character, by code point. */
export class RhaiChar {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Copied wherever it is stored, so that no two names have the same. */
export class RhaiArray {
  items: RhaiValue[];

  constructor(items: RhaiValue[]) {
    this.items = items;
  }
}

export class RhaiMap {
  readonly entries: Map<string, RhaiValue>;

  constructor(entries: Map<string, RhaiValue>) {
    this.entries = entries;
  }

  /** Names are ordered as Rhai orders them. */
  sorted(budget: Budget): [string, RhaiValue][] {
    for (const name of this.entries.keys()) budget.spendSteps(8 + name.length);
    return [...this.entries].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

export class RhaiRange {
  readonly start: bigint;
  /** Without the end itself. */
  readonly end: bigint;
  readonly step: bigint;
  /** Written with `..=`. */
  readonly isInclusive: boolean;

  constructor(start: bigint, end: bigint, { step = 1n, isInclusive = false } = {}) {
    this.start = start;
    this.end = end;
    this.step = step;
    this.isInclusive = isInclusive;
  }

  /** The end as it is written. */
  get last(): bigint {
    return this.isInclusive ? this.end - 1n : this.end;
  }
}

/** Where a variable's value is kept. */
export interface RhaiBox {
  value: RhaiValue;
  readonly isConstant: boolean;
}

/** What a closure does, which sees what is around it. */
export interface RhaiClosure {
  readonly parameters: number;
  readonly run: (args: readonly RhaiValue[], self?: RhaiBox) => RhaiValue;
}

/** A function by its name, or a closure with what it sees. */
export class RhaiFunction {
  readonly name: string;
  readonly curried: readonly RhaiValue[];
  readonly closure: RhaiClosure | undefined;

  constructor(name: string, closure?: RhaiClosure, curried: readonly RhaiValue[] = []) {
    this.name = name;
    this.closure = closure;
    this.curried = curried;
  }
}

/** The name of a value's type, as `type_of` has it. */
export function typeOf(value: RhaiValue): string {
  if (value === null) return '()';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'i64';
  if (typeof value === 'string') return 'string';
  if (value instanceof RhaiFloat) return 'f64';
  if (value instanceof RhaiChar) return 'char';
  if (value instanceof RhaiArray) return 'array';
  if (value instanceof RhaiMap) return 'map';
  if (value instanceof RhaiRange) return value.isInclusive ? 'range=' : 'range';
  return 'Fn';
}

/** A value of its own. */
export function copyValue(value: RhaiValue, budget: Budget): RhaiValue {
  if (!(value instanceof RhaiArray) && !(value instanceof RhaiMap)) return value;
  budget.enter();
  const copy = value instanceof RhaiArray ? copyArray(value, budget) : copyMap(value, budget);
  budget.leave();
  return copy;
}

function copyArray({ items }: RhaiArray, budget: Budget): RhaiArray {
  budget.spendSteps(items.length);
  budget.allocate(16 + items.length * 8);
  return new RhaiArray(items.map((item) => copyValue(item, budget)));
}

function copyMap({ entries }: RhaiMap, budget: Budget): RhaiMap {
  budget.spendSteps(entries.size);
  budget.allocate(16 + entries.size * 32);
  return new RhaiMap(new Map([...entries].map(([name, item]) => [name, copyValue(item, budget)])));
}

/** As `print` and the interpolation of strings show it. */
export function toText(value: RhaiValue, budget: Budget): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (value instanceof RhaiChar) return value.text;
  return toDebugText(value, budget);
}

/** Texts as one, counted before it is made: a text may stand among them more than once. */
export function joinTexts(texts: readonly string[], separator: string, budget: Budget): string {
  budget.allocate(texts.reduce((sum, text) => sum + text.length + separator.length, 0));
  return texts.join(separator);
}

/** As `debug` shows it, and as it stands in lists. */
export function toDebugText(value: RhaiValue, budget: Budget): string {
  budget.step();
  const text = debugText(value, budget);
  budget.allocate(text.length);
  return text;
}

/** The text of each item of a list, and of each entry of a map behind its name. */
export function textsOfItems(
  value: RhaiArray | RhaiMap,
  textOf: (item: RhaiValue, budget: Budget) => string,
  colon: string,
  budget: Budget,
): string[] {
  budget.enter();
  const texts =
    value instanceof RhaiArray
      ? value.items.map((item) => textOf(item, budget))
      : value.sorted(budget).map(([name, item]) => `${JSON.stringify(name)}${colon}${textOf(item, budget)}`);
  budget.leave();
  return texts;
}

function debugText(value: RhaiValue, budget: Budget): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null) return '()';
  if (value instanceof RhaiChar) return value.text;
  if (value instanceof RhaiFloat) return floatText(value.value);
  if (value instanceof RhaiRange) return rangeText(value);
  if (value instanceof RhaiFunction) return `Fn(${value.name})`;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const parts = textsOfItems(value, toDebugText, ': ', budget);
  return value instanceof RhaiArray ? `[${parts.join(', ')}]` : `#{${parts.join(', ')}}`;
}

/** One without an end is shown as it is written. */
function rangeText({ start, end, last, isInclusive }: RhaiRange): string {
  if (isInclusive) return `${start}..=${last}`;
  return end === LARGEST_INTEGER ? `${start}..` : `${start}..${end}`;
}

/** Between these Rhai writes numbers without an exponent; they are of 32 bits there. */
const LARGEST_PLAIN = Math.fround(1e13);
const LEAST_PLAIN = Math.fround(1e-13);

/** Whole numbers have a decimal, too. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0.0';
  const size = Math.abs(value);
  if (size > LARGEST_PLAIN || size < LEAST_PLAIN) return value.toExponential().replace('e+', 'e');
  return Number.isInteger(value) ? value.toFixed(1) : plainDecimal(value);
}

/** JavaScript writes small numbers with an exponent. */
function plainDecimal(value: number): string {
  const [, sign = '', first = '', rest = '', exponent = ''] = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(String(value)) ?? [];
  return exponent === '' ? String(value) : `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`;
}

/** Whether two values are the same: of different types never, but for numbers, and for a character and a text. */
export function isSame(left: RhaiValue, right: RhaiValue, budget: Budget): boolean {
  budget.step();
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first !== undefined && second !== undefined) return typeof left === typeof right ? isSameNumber(left, right) : first === second;
  const [text, other] = [plainText(left), plainText(right)];
  if (text !== undefined && other !== undefined) budget.spendSteps(Math.min(text.length, other.length) >> 3);
  if (text !== undefined || other !== undefined) return text === other;
  budget.enter();
  const result = isSameWhole(left, right, budget);
  budget.leave();
  return result;
}

function isSameNumber(left: RhaiValue, right: RhaiValue): boolean {
  return left instanceof RhaiFloat && right instanceof RhaiFloat ? left.value === right.value : left === right;
}

function isSameWhole(left: RhaiValue, right: RhaiValue, budget: Budget): boolean {
  if (left instanceof RhaiArray && right instanceof RhaiArray) {
    return left.items.length === right.items.length && left.items.every((item, at) => isSame(item, right.items[at] ?? null, budget));
  }
  if (left instanceof RhaiMap && right instanceof RhaiMap) {
    budget.spendSteps(left.entries.size);
    return (
      left.entries.size === right.entries.size &&
      [...left.entries].every(([name, item]) => right.entries.has(name) && isSame(item, right.entries.get(name) ?? null, budget))
    );
  }
  if (left instanceof RhaiRange && right instanceof RhaiRange)
    return left.start === right.start && left.end === right.end && left.isInclusive === right.isInclusive;
  return left === right;
}

/** The number of an int or a float. */
export function numberOf(value: RhaiValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof RhaiFloat ? value.value : undefined;
}

/** The text of a string or a character. */
export function plainText(value: RhaiValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof RhaiChar ? value.text : undefined;
}
