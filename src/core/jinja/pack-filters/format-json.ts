import { integerArgument } from '../arguments.ts';
import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { integerOf, integerText, numberOf } from '../numbers.ts';
import { floatText } from '../python-float.ts';
import { toText } from '../python-repr.ts';
import { compareByCodePoint } from '../text.ts';
import { isDict, isList, JinjaTuple, JinjaUndefined, type JinjaValue, textOf, typeName } from '../values.ts';

export interface JsonStyle {
  /** Spaces of each level, or what stands in their place; on one line when undefined. */
  readonly indent: number | string | undefined;
  readonly sortKeys: boolean;
  /** Write everything beyond ASCII as an escape. */
  readonly asciiOnly: boolean;
  /** Put a space after commas and colons even on one line, as Python does. */
  readonly pythonSpacing: boolean;
}

const MAX_INDENT = 16;

/** The argument `indent` of Python's `json.dumps`: none, a number, or in Python's own dialect text; `fallback` where nothing is said. */
export function indentArgument(indent: JinjaValue | undefined, isPython: boolean, fallback?: number): JsonStyle['indent'] {
  if (indent === undefined) return fallback;
  if (indent === null) return undefined;
  const text = isPython ? textOf(indent) : undefined;
  const width = text ?? integerArgument(indent, 'indent');
  if ((typeof width === 'string' ? width.length : width) > MAX_INDENT) fail(`"indent" is at most ${MAX_INDENT}`);
  return width;
}

/** Writes data as JSON. Functions, undefined values and numbers that JSON does not have fail. */
export function formatJson(value: JinjaValue, style: JsonStyle, budget: Budget): string {
  return new JsonWriter(style, budget).write(value, 0);
}

class JsonWriter {
  private readonly style: JsonStyle;
  private readonly budget: Budget;

  constructor(style: JsonStyle, budget: Budget) {
    this.style = style;
    this.budget = budget;
  }

  write(value: JinjaValue, level: number): string {
    this.budget.step();
    if (value === null || typeof value === 'boolean') return String(value);
    const text = textOf(value);
    if (text !== undefined) return this.string(text);
    const number = jsonNumber(value);
    if (number !== undefined) return number;
    if (value instanceof JinjaUndefined) value.fail();
    this.budget.enter();
    const result = this.composite(value, level);
    this.budget.leave();
    this.budget.allocate(result.length);
    return result;
  }

  private composite(value: JinjaValue, level: number): string {
    if (isDict(value)) {
      const entries = [...value].map(([key, item]) => [keyText(key, this.budget), item, numberOf(key)] as const);
      if (this.style.sortKeys)
        entries.sort(([a, , x], [b, , y]) => (x === undefined || y === undefined ? compareByCodePoint(a, b) : x - y));
      this.budget.spendSteps(entries.length);
      const colon = this.style.indent === undefined && !this.style.pythonSpacing ? ':' : ': ';
      return this.bracket(
        '{',
        entries.map(([key, item]) => `${this.string(key)}${colon}${this.write(item, level + 1)}`),
        '}',
        level,
      );
    }
    const items = isList(value) ? value : value instanceof JinjaTuple ? value.items : undefined;
    if (items === undefined) return fail(`a ${typeName(value)} cannot be written as JSON`);
    return this.bracket(
      '[',
      items.map((item) => this.write(item, level + 1)),
      ']',
      level,
    );
  }

  private bracket(open: string, parts: readonly string[], close: string, level: number): string {
    const { indent, pythonSpacing } = this.style;
    if (parts.length === 0) return open + close;
    if (indent === undefined) return open + parts.join(pythonSpacing ? ', ' : ',') + close;
    const unit = typeof indent === 'string' ? indent : ' '.repeat(Math.max(0, indent));
    this.budget.allocate(parts.length * unit.length * (level + 1));
    const margin = unit.repeat(level + 1);
    return `${open}\n${margin}${parts.join(`,\n${margin}`)}\n${unit.repeat(level)}${close}`;
  }

  private string(text: string): string {
    this.budget.allocate(text.length);
    const quoted = JSON.stringify(text);
    if (!this.style.asciiOnly) return quoted;
    return quoted.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  }
}

function keyText(key: JinjaValue, budget: Budget): string {
  if (key === null || typeof key === 'boolean') return String(key);
  return textOf(key) ?? jsonNumber(key) ?? fail(`a ${typeName(key)} cannot be a key of JSON: ${toText(key, budget).slice(0, 40)}`);
}

function jsonNumber(value: JinjaValue): string | undefined {
  const integer = integerOf(value);
  if (integer !== undefined) return integerText(integer);
  const number = numberOf(value);
  if (number === undefined) return undefined;
  return Number.isFinite(number) ? floatText(number) : fail('JSON has no number for infinity or "not a number"');
}
