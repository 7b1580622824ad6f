import type { Budget } from './budget.ts';
import { dictGet } from './compare.ts';
import { fail } from './fault.ts';
import { formatNumber } from './number-format.ts';
import { integerOf, integerText, numberOf } from './numbers.ts';
import { toAsciiRepr, toRepr, toText } from './python-repr.ts';
import { escapeHtml, textLength, textSlice } from './text.ts';
import { isDict, isList, JinjaTuple, type JinjaValue, Markup, textOf, typeName } from './values.ts';

const DIRECTIVE = /%(?:\(([^()]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** Python's `text % values`: positional values in a tuple (or one value), named ones in a dict. Markup escapes what is put into it. */
export function formatPercent(template: JinjaValue, values: JinjaValue, budget: Budget): JinjaValue {
  const text = textOf(template) ?? '';
  const isMarkup = template instanceof Markup;
  const positional = values instanceof JinjaTuple ? values.items : [values];
  let used = 0;
  const take = (): JinjaValue => {
    const value = positional[used++];
    return value === undefined ? fail('there are fewer values than the format needs') : value;
  };
  budget.spendSteps(text.length >> 2);
  const result = text.replace(DIRECTIVE, (_whole, key?: string, flags = '', width?: string, precision?: string, conversion = '') => {
    if (conversion === '%') return '%';
    if (key !== undefined && !isDict(values)) fail('the format names a key, so it needs a dict');
    const directive = readDirective(flags, width, precision, conversion, take);
    const value = key !== undefined && isDict(values) ? keyed(values, key, budget) : take();
    budget.allocate(directive.width + (directive.precision ?? 0));
    const formatted = formatDirective(value, directive, budget);
    return isMarkup && !(value instanceof Markup) ? escapeHtml(formatted) : formatted;
  });
  if (used < positional.length && !isDict(values) && !isList(values)) fail('not all values are used by the format');
  budget.allocate(result.length);
  return isMarkup ? new Markup(result) : result;
}

function readDirective(
  flags: string,
  width: string | undefined,
  precision: string | undefined,
  conversion: string,
  take: () => JinjaValue,
): Directive {
  if (conversion === '') fail('the format ends within a directive');
  const size = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    return text === '*' ? Number(integerOf(take()) ?? fail('"*" needs an int')) : Number(text);
  };
  const wide = size(width) ?? 0;
  return { flags: wide < 0 ? `${flags}-` : flags, width: Math.abs(wide), precision: size(precision), conversion };
}

function keyed(values: JinjaValue, key: string, budget: Budget): JinjaValue {
  const found = isDict(values) ? dictGet(values, key, budget) : undefined;
  return found === undefined ? fail(`the format needs the key "${key.slice(0, 64)}"`) : found;
}

function formatDirective(value: JinjaValue, directive: Directive, budget: Budget): string {
  const { conversion, precision } = directive;
  switch (conversion) {
    case 's':
    case 'r':
    case 'a': {
      const shown = { s: toText, r: toRepr, a: toAsciiRepr }[conversion];
      const text = shown(value, budget);
      return pad(precision === undefined ? text : textSlice(text, 0, precision), directive, '');
    }
    case 'c': {
      const code = integerOf(value);
      if (code !== undefined && (code < 0 || code > 0x10ffff)) fail('%c needs a character code below 0x110000');
      const text = code === undefined ? (textOf(value) ?? '') : String.fromCodePoint(Number(code));
      return textLength(text) === 1 ? pad(text, directive, '') : fail('%c needs an int or one character');
    }
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return formatInteger(value, directive);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(value, directive);
    default:
      return fail(`the format character "${conversion}" is not supported`);
  }
}

function formatInteger(value: JinjaValue, directive: Directive): string {
  const { conversion, flags } = directive;
  const big = BigInt(wholeNumber(value, conversion));
  const base = conversion === 'o' ? 8 : 'xX'.includes(conversion) ? 16 : 10;
  const size = big < 0n ? -big : big;
  const digits = (base === 10 ? integerText(size) : size.toString(base)).padStart(directive.precision ?? 0, '0');
  const prefix = flags.includes('#') && base !== 10 ? (base === 8 ? '0o' : '0x') : '';
  const text = conversion === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
  return pad(text, directive, signOf(big < 0n, flags), prefix.length);
}

/** The int that a conversion shows; the decimal ones cut floats. */
function wholeNumber(value: JinjaValue, conversion: string): number | bigint {
  const integer = integerOf(value);
  if (integer !== undefined) return integer;
  const number = numberOf(value);
  if (!'diu'.includes(conversion)) return fail(`%${conversion} needs an int, not ${typeName(value)}`);
  return number !== undefined && Number.isFinite(number)
    ? Math.trunc(number)
    : fail(`%${conversion} needs a number, not ${typeName(value)}`);
}

function formatFloat(value: JinjaValue, directive: Directive): string {
  const number = numberOf(value);
  if (number === undefined) return fail(`%${directive.conversion} needs a number, not ${typeName(value)}`);
  const isNegative = number < 0 || Object.is(number, -0);
  const text = formatNumber(Math.abs(number), directive.conversion, directive.precision ?? 6, directive.flags.includes('#'));
  return pad(text, directive, signOf(isNegative, directive.flags));
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-';
  if (flags.includes('+')) return '+';
  return flags.includes(' ') ? ' ' : '';
}

function pad(text: string, { flags, width, conversion }: Directive, sign: string, prefixLength = 0): string {
  const missing = Math.max(0, width - textLength(text) - sign.length);
  if (flags.includes('-')) return sign + text + ' '.repeat(missing);
  const isNumeric = !'srac'.includes(conversion);
  if (!flags.includes('0') || !isNumeric) return ' '.repeat(missing) + sign + text;
  return sign + text.slice(0, prefixLength) + '0'.repeat(missing) + text.slice(prefixLength);
}
