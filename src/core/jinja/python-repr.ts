import type { Budget } from './budget.ts';
import { fail } from './fault.ts';
import { integerOf, integerText } from './numbers.ts';
import { floatText } from './python-float.ts';
import {
  DictView,
  isDict,
  isList,
  type JinjaDict,
  JinjaFloat,
  JinjaObject,
  JinjaRange,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  typeName,
} from './values.ts';

/** Python's `str()`: what a value prints as. A strictly undefined value fails. */
export function toText(value: JinjaValue, budget: Budget): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof JinjaUndefined) return value.behavior === 'strict' ? value.fail() : '';
  if (value instanceof JinjaObject) {
    const printed = value.parts.print?.(budget);
    if (printed === undefined)
      fail(`a ${value.typeName} cannot be printed`, value.parts.call === undefined ? undefined : 'call it, with parentheses');
    return typeof printed === 'string' ? printed : printed.text;
  }
  return toRepr(value, budget);
}

/** Python's `repr()`. */
export function toRepr(value: JinjaValue, budget: Budget): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return stringRepr(value, budget);
  const integer = integerOf(value);
  if (integer !== undefined) return integerText(integer);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof JinjaFloat) return floatText(value.value);
  return compositeRepr(value, budget);
}

function compositeRepr(value: JinjaValue, budget: Budget): string {
  budget.enter();
  const text = describeComposite(value, budget);
  budget.leave();
  budget.allocate(text.length);
  return text;
}

function describeComposite(value: JinjaValue, budget: Budget): string {
  if (isList(value)) return listRepr(value, budget);
  if (value instanceof JinjaTuple) return `(${reprAll(value.items, budget)}${value.items.length === 1 ? ',' : ''})`;
  if (isDict(value)) return dictRepr(value, budget);
  if (value instanceof Markup) return `Markup(${stringRepr(value.text, budget)})`;
  if (value instanceof JinjaRange) return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
  if (value instanceof JinjaUndefined) return value.behavior === 'strict' ? value.fail() : 'Undefined';
  return objectRepr(value, budget);
}

function objectRepr(value: JinjaValue, budget: Budget): string {
  const printed = value instanceof JinjaObject ? (value.parts.repr?.(budget) ?? value.parts.print?.(budget)) : undefined;
  if (printed === undefined) fail(`a ${typeName(value)} cannot be printed`);
  return typeof printed === 'string' ? printed : printed.text;
}

function listRepr(items: readonly JinjaValue[], budget: Budget): string {
  const listed = `[${reprAll(items, budget)}]`;
  return items instanceof DictView ? `${items.typeName}(${listed})` : listed;
}

function dictRepr(dict: JinjaDict, budget: Budget): string {
  const entries: string[] = [];
  for (const [key, item] of dict) {
    budget.step();
    entries.push(`${toRepr(key, budget)}: ${toRepr(item, budget)}`);
  }
  return `{${entries.join(', ')}}`;
}

function reprAll(items: readonly JinjaValue[], budget: Budget): string {
  budget.spendSteps(items.length);
  return items.map((item) => toRepr(item, budget)).join(', ');
}

const PLAIN = /^[ !#-&(-[\]-~]*$/;
// Everything Python does not count as printable: control and format characters, separators other than the space, surrogates, private use and unassigned.
const UNPRINTABLE = /[\\\p{C}\p{Z}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', ' ': ' ' };

/** The most that a unit of a text becomes. */
const MAX_ESCAPE = 6;

/** Python's `ascii`: every character beyond ASCII is escaped. */
export function toAsciiRepr(value: JinjaValue, budget: Budget): string {
  const text = toRepr(value, budget);
  budget.spendSteps(text.length);
  budget.allocate(text.length * MAX_ESCAPE);
  return text.replace(/[^\0-\x7f]/gu, escapeCharacter);
}

function stringRepr(text: string, budget: Budget): string {
  budget.allocate(text.length + 2);
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(UNPRINTABLE, escapeCharacter);
  return quote === '"' ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}

function escapeCharacter(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
