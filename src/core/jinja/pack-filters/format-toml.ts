import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { integerOf, integerText, numberOf } from '../numbers.ts';
import { floatText } from '../python-float.ts';
import { isDict, isList, type JinjaDict, JinjaTuple, JinjaUndefined, type JinjaValue, textOf, typeName } from '../values.ts';

const MAX_INTEGER = 2n ** 63n - 1n;

/** Writes a dict as a TOML 1.0 document (without a final newline), and anything else as a TOML value. TOML has no null. */
export function formatToml(value: JinjaValue, budget: Budget): string {
  const writer = new TomlWriter(budget);
  return isDict(value) ? writer.document(value) : writer.value(value);
}

class TomlWriter {
  private readonly budget: Budget;
  private readonly lines: string[] = [];

  constructor(budget: Budget) {
    this.budget = budget;
  }

  document(dict: JinjaDict): string {
    this.table(dict, '');
    return this.lines.join('\n');
  }

  value(value: JinjaValue): string {
    this.budget.step();
    if (value === null) fail('TOML has no value for none', 'leave the key out');
    if (typeof value === 'boolean') return String(value);
    const text = textOf(value);
    if (text !== undefined) return this.string(text);
    const integer = integerOf(value);
    if (integer !== undefined) return integerValue(integer);
    const number = numberOf(value);
    if (number !== undefined) return floatText(number);
    if (value instanceof JinjaUndefined) value.fail();
    this.budget.enter();
    const result = this.inline(value);
    this.budget.leave();
    this.budget.allocate(result.length);
    return result;
  }

  private inline(value: JinjaValue): string {
    if (!isDict(value))
      return `[${itemsOf(value)
        .map((item) => this.value(item))
        .join(', ')}]`;
    if (value.size === 0) return '{}';
    return `{ ${[...value].map(([key, item]) => `${this.key(key)} = ${this.value(item)}`).join(', ')} }`;
  }

  /** Plain values first: after a table header, they would belong to that table. */
  private table(dict: JinjaDict, path: string): void {
    this.budget.enter();
    for (const [key, item] of dict) if (!isDict(item) && !isTableArray(item)) this.lines.push(`${this.key(key)} = ${this.value(item)}`);
    for (const [key, item] of dict) {
      const name = path === '' ? this.key(key) : `${path}.${this.key(key)}`;
      this.child(item, name);
    }
    this.budget.leave();
  }

  private child(item: JinjaValue, name: string): void {
    if (isDict(item)) this.section(`[${name}]`, item, name);
    else if (isTableArray(item)) for (const entry of itemsOf(item)) if (isDict(entry)) this.section(`[[${name}]]`, entry, name);
  }

  private section(header: string, dict: JinjaDict, name: string): void {
    this.budget.allocate(header.length);
    this.budget.step();
    if (this.lines.length > 0) this.lines.push('');
    this.lines.push(header);
    this.table(dict, name);
  }

  private key(key: JinjaValue): string {
    const text = textOf(key) ?? (integerOf(key) === undefined ? fail(`a ${typeName(key)} cannot be a key`) : String(key));
    return /^[\w-]+$/.test(text) ? text : this.string(text);
  }

  private string(text: string): string {
    this.budget.allocate(text.length);
    return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f');
  }
}

function integerValue(integer: number | bigint): string {
  const big = BigInt(integer);
  return big <= MAX_INTEGER && big >= -MAX_INTEGER - 1n ? integerText(integer) : fail('TOML integers have at most 64 bits');
}

function itemsOf(value: JinjaValue): readonly JinjaValue[] {
  if (isList(value)) return value;
  return value instanceof JinjaTuple ? value.items : fail(`a ${typeName(value)} cannot be written as TOML`);
}

function isTableArray(value: JinjaValue): boolean {
  return isList(value) && value.length > 0 && value.every(isDict);
}
