import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { integerOf, integerText, numberOf } from '../numbers.ts';
import { floatText } from '../python-float.ts';
import { isDict, isList, type JinjaDict, JinjaTuple, JinjaUndefined, type JinjaValue, textOf, typeName } from '../values.ts';

const PLAIN = /^[A-Za-z_/][\w ./@+-]*$/;
// Words that some version of YAML reads as something other than a string.
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Writes data as YAML 1.2 in block style, without a final newline. What could be read as anything but a string is quoted. */
export function formatYaml(value: JinjaValue, indent: number, budget: Budget): string {
  return new YamlWriter(indent, budget).write(value, 0);
}

class YamlWriter {
  private readonly indent: number;
  private readonly budget: Budget;

  constructor(indent: number, budget: Budget) {
    this.indent = indent;
    this.budget = budget;
  }

  write(value: JinjaValue, level: number): string {
    this.budget.step();
    const scalar = this.scalar(value);
    if (scalar !== undefined) return scalar;
    this.budget.enter();
    const result = isDict(value) ? this.mapping(value, level) : this.sequence(itemsOf(value), level);
    this.budget.leave();
    this.budget.allocate(result.length);
    return result;
  }

  private scalar(value: JinjaValue): string | undefined {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return String(value);
    const text = textOf(value);
    if (text !== undefined) return this.text(text);
    const integer = integerOf(value);
    if (integer !== undefined) return integerText(integer);
    const number = numberOf(value);
    if (number !== undefined) return Number.isFinite(number) ? floatText(number) : SPECIAL[floatText(number)];
    if (value instanceof JinjaUndefined) value.fail();
    if (isDict(value)) return value.size === 0 ? '{}' : undefined;
    return itemsOf(value).length === 0 ? '[]' : undefined;
  }

  private text(text: string): string {
    this.budget.allocate(text.length);
    if (PLAIN.test(text) && !text.endsWith(' ') && !RESERVED.test(text)) return text;
    return JSON.stringify(text.toWellFormed()).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeUnit);
  }

  private mapping(dict: JinjaDict, level: number): string {
    const margin = ' '.repeat(level);
    const lines = [...dict].map(([key, item]) => {
      const name = this.scalar(key) ?? fail(`a ${typeName(key)} cannot be a key`);
      const child = this.write(item, level + this.indent);
      if (this.scalar(item) !== undefined) return `${name}: ${child}`;
      return `${name}:\n${' '.repeat(level + this.indent)}${child}`;
    });
    return lines.join(`\n${margin}`);
  }

  private sequence(items: readonly JinjaValue[], level: number): string {
    const margin = ' '.repeat(level);
    return items.map((item) => `- ${this.write(item, level + 2)}`).join(`\n${margin}`);
  }
}

const SPECIAL: Readonly<Record<string, string>> = { inf: '.inf', '-inf': '-.inf', nan: '.nan' };

function itemsOf(value: JinjaValue): readonly JinjaValue[] {
  if (isList(value)) return value;
  return value instanceof JinjaTuple ? value.items : fail(`a ${typeName(value)} cannot be written as YAML`);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
