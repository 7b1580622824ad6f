import type { Budget } from './budget.ts';
import { dictGet } from './compare.ts';
import { fail } from './fault.ts';
import { itemsOf } from './iterate.ts';
import { numberAttribute } from './methods/number-methods.ts';
import { formatNumber, groupDigits } from './number-format.ts';
import { integerOf, numberOf } from './numbers.ts';
import { floatText } from './python-float.ts';
import { toAsciiRepr, toRepr, toText } from './python-repr.ts';
import { escapeHtml, textLength, textSlice } from './text.ts';
import {
  type CallArguments,
  DictView,
  isDict,
  JinjaObject,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  orElse,
  textOf,
  typeName,
} from './values.ts';

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/u;
const BRACE = /[{}]/g;
const FIELD = /^([^.[\]]*)((?:\.[^.[\]]+|\[[^\]]+\])*)$/;

/** Python's `str.format`: fields by position, in order, or by name, with attributes and indexes of plain data, conversions and specifications. */
export function formatBraces(template: string, args: CallArguments, budget: Budget, options: { readonly escapes: boolean }): string {
  budget.spendSteps(template.length >> 2);
  const state = new FieldReader(args, budget, options.escapes);
  const result = state.expand(template, 2);
  budget.allocate(result.length);
  return result;
}

class FieldReader {
  private readonly args: CallArguments;
  private readonly budget: Budget;
  private readonly escapes: boolean;
  private automatic = 0;
  private isAutomatic: boolean | undefined;

  constructor(args: CallArguments, budget: Budget, escapes: boolean) {
    this.args = args;
    this.budget = budget;
    this.escapes = escapes;
  }

  expand(template: string, levels: number): string {
    if (levels === 0) fail('the format nests too deeply');
    const parts: string[] = [];
    let offset = 0;
    for (;;) {
      const at = nextBrace(template, offset);
      if (at === -1) break;
      parts.push(template.slice(offset, at));
      if (template[at + 1] === template[at]) {
        parts.push(template[at] ?? '');
        offset = at + 2;
        continue;
      }
      if (template[at] === '}') fail('there is a single "}" in the format');
      const end = findEnd(template, at);
      parts.push(this.field(template.slice(at + 1, end), levels));
      offset = end + 1;
      this.budget.step();
    }
    parts.push(template.slice(offset));
    return parts.join('');
  }

  private field(text: string, levels: number): string {
    const match = /^([^!:]*)(?:!([\s\S]))?(?::([\s\S]*))?$/.exec(text);
    if (match === null) return fail('the format has a field that cannot be read');
    const value = this.convert(this.find(match[1] ?? ''), match[2]);
    const spec = (match[3] ?? '').includes('{') ? this.expand(match[3] ?? '', levels - 1) : (match[3] ?? '');
    const result = formatValue(value, spec, this.budget);
    return this.escapes && !(value instanceof Markup) ? escapeHtml(result) : result;
  }

  private convert(value: JinjaValue, conversion: string | undefined): JinjaValue {
    if (conversion === undefined) return value;
    if (conversion === 's') return toText(value, this.budget);
    if (conversion === 'a') return toAsciiRepr(value, this.budget);
    return conversion === 'r' ? toRepr(value, this.budget) : fail(`the conversion "!${conversion}" does not exist`);
  }

  private find(field: string): JinjaValue {
    const match = FIELD.exec(field);
    if (match === null) return fail(`the format field "${field.slice(0, 64)}" cannot be read`);
    const name = match[1] ?? '';
    if (/^\d*$/.test(name)) this.numbering(name === '');
    let value = /^\d*$/.test(name) ? this.args.positional[name === '' ? this.automatic++ : Number(name)] : this.args.named.get(name);
    if (value === undefined) return fail(`the format needs a value for "{${name.slice(0, 64)}}"`);
    for (const [, attribute, index = ''] of (match[2] ?? '').matchAll(/\.([^.[\]]+)|\[([^\]]+)\]/g)) {
      value = this.partOf(value, attribute, index);
    }
    return value;
  }

  private numbering(isAutomatic: boolean): void {
    if (this.isAutomatic !== undefined && this.isAutomatic !== isAutomatic) fail('fields are numbered either all or not at all');
    this.isAutomatic = isAutomatic;
  }

  private partOf(value: JinjaValue, attribute: string | undefined, index: string): JinjaValue {
    if (value instanceof JinjaUndefined) value.fail();
    const found = attribute === undefined ? this.itemOf(value, index) : attributeOf(value, attribute);
    const name = (attribute ?? index).slice(0, 64);
    return orElse(found, () => fail(`the format needs "${name}" of a value of type ${typeName(value)}, which it does not have`));
  }

  private itemOf(value: JinjaValue, key: string): JinjaValue | undefined {
    const index = /^\d+$/.test(key) ? Number(key) : key;
    if (isDict(value)) return dictGet(value, index, this.budget);
    const isIndexed = typeof index === 'number' && !(value instanceof DictView);
    return isIndexed ? itemsOf(value, this.budget)?.[index] : undefined;
  }
}

/** Only what data has beside its methods: keys of a dict are none of its attributes. */
function attributeOf(value: JinjaValue, name: string): JinjaValue | undefined {
  if (value instanceof JinjaTuple) return value.items[value.names.indexOf(name)];
  return value instanceof JinjaObject ? value.parts.get?.(name) : numberAttribute(value, name);
}

function nextBrace(template: string, offset: number): number {
  BRACE.lastIndex = offset;
  return BRACE.test(template) ? BRACE.lastIndex - 1 : -1;
}

function findEnd(template: string, start: number): number {
  let depth = 0;
  for (let index = start; index < template.length; index++) {
    if (template[index] === '{') depth++;
    else if (template[index] === '}' && --depth === 0) return index;
  }
  return fail('there is a single "{" in the format');
}

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  /** Whether a zero before the width says how it is filled and aligned. */
  readonly isPadded: boolean;
  /** Empty where none is given. */
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string | undefined;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Python's `format(value, spec)`. */
function formatValue(value: JinjaValue, spec: string, budget: Budget): string {
  if (spec === '') return toText(value, budget);
  const match = SPEC.exec(spec);
  if (match === null) return fail(`the format specification "${spec.slice(0, 64)}" is not valid`);
  const [, fill, align, sign = '', alternate, zero, width = '0', grouping, precision, type = ''] = match;
  const parsed: Spec = {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? undefined : '='),
    isPadded: zero !== undefined && align === undefined,
    sign,
    alternate: alternate !== undefined,
    width: Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
  budget.allocate(parsed.width + (parsed.precision ?? 0));
  const text = textOf(value);
  if (text !== undefined) return formatText(text, parsed);
  if (numberOf(value) === undefined) return fail(`a value of type ${typeName(value)} takes no format specification`);
  return formatNumeric(value, parsed);
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') fail(`the format type "${spec.type}" is not for strings`);
  if (spec.align === '=' && !spec.isPadded) fail('"=" alignment is not for strings');
  if (spec.sign !== '' || spec.alternate || spec.grouping !== undefined) fail('signs, "#" and groups of digits are not for strings');
  const cut = spec.precision === undefined ? text : textSlice(text, 0, spec.precision);
  return align('', cut, spec.align === '=' || spec.align === undefined ? '<' : spec.align, spec);
}

function formatNumeric(value: JinjaValue, spec: Spec): string {
  const integer = integerOf(value);
  const isInteger = integer !== undefined && ['', 'd', 'n', 'b', 'o', 'x', 'X', 'c'].includes(spec.type);
  if (!isInteger && ['d', 'b', 'o', 'x', 'X', 'c', 's'].includes(spec.type))
    fail(`the format type "${spec.type}" is not for ${typeName(value)}`);
  const number = numberOf(value) ?? 0;
  const isNegative = integer === undefined ? number < 0 || Object.is(number, -0) : integer < 0;
  const sign = isNegative ? '-' : spec.sign.replace('-', '');
  const body = isInteger ? integerBody(BigInt(integer), spec) : floatBody(Math.abs(number), spec);
  const prefix = sign + body.prefix;
  const digits =
    spec.isPadded && spec.grouping !== undefined ? padGrouped(body.digits, spec.width - prefix.length, spec.grouping) : body.digits;
  return align(prefix, digits, spec.align ?? '>', spec);
}

/** Zeros before digits that are grouped are grouped with them. */
function padGrouped(digits: string, width: number, separator: string): string {
  const [, whole = '', rest = ''] = /^([\da-fA-F,_]*)([\s\S]*)$/.exec(digits) ?? [];
  const size = /[a-fA-F]/.test(whole) || (separator === '_' && /_[\da-fA-F]{4}(?:_|$)/.test(whole)) ? 4 : 3;
  let padded = whole.replaceAll(separator, '');
  while (groupDigits(padded, separator, size).length + rest.length < width) padded = `0${padded}`;
  return groupDigits(padded, separator, size) + rest;
}

function integerBody(value: bigint, spec: Spec): { prefix: string; digits: string } {
  const size = value < 0n ? -value : value;
  if (spec.precision !== undefined) fail('a precision is not for ints');
  if (spec.type === 'c') return { prefix: '', digits: characterBody(value, spec) };
  const base = { b: 2, o: 8, x: 16, X: 16 }[spec.type] ?? 10;
  if (spec.grouping === ',' && base !== 10) fail(`"," does not go with the format type "${spec.type}"`);
  const digits = spec.type === 'X' ? size.toString(base).toUpperCase() : size.toString(base);
  const prefix = spec.alternate && base !== 10 ? `0${spec.type}` : '';
  return { prefix, digits: spec.grouping === undefined ? digits : groupDigits(digits, spec.grouping, base === 10 ? 3 : 4) };
}

function characterBody(code: bigint, { sign, alternate }: Spec): string {
  if (sign !== '' || alternate) fail('a sign and "#" are not for characters');
  return code >= 0n && code <= 0x10ffffn ? String.fromCodePoint(Number(code)) : fail('a character code is from 0 to 0x10ffff');
}

function floatBody(size: number, spec: Spec): { prefix: string; digits: string } {
  let digits: string;
  if (spec.type === '%') digits = `${formatNumber(size * 100, 'f', spec.precision ?? 6)}%`;
  else if (spec.type === '') digits = spec.precision === undefined ? floatText(size) : generalText(size, spec.precision);
  else digits = formatNumber(size, spec.type === 'n' ? 'g' : spec.type, spec.precision ?? 6, spec.alternate);
  if (spec.grouping === undefined) return { prefix: '', digits };
  const [, whole = '', rest = ''] = /^(\d*)([\s\S]*)$/.exec(digits) ?? [];
  return { prefix: '', digits: groupDigits(whole, spec.grouping) + rest };
}

/** Without a type, a precision means `g`, but at least one decimal is kept: where there is no place for it, there is an exponent. */
function generalText(size: number, precision: number): string {
  const text = formatNumber(size, 'g', precision);
  if (!/^\d+$/.test(text)) return text;
  if (text.length < precision) return `${text}.0`;
  return formatNumber(size, 'e', Math.max(1, precision) - 1).replace(/\.?0*(?=e)/, '');
}

function align(prefix: string, body: string, side: string, { fill, width }: Spec): string {
  const missing = Math.max(0, width - textLength(prefix) - textLength(body));
  if (side === '<') return prefix + body + fill.repeat(missing);
  if (side === '=') return prefix + fill.repeat(missing) + body;
  if (side === '>') return fill.repeat(missing) + prefix + body;
  const before = Math.floor(missing / 2);
  return fill.repeat(before) + prefix + body + fill.repeat(missing - before);
}
