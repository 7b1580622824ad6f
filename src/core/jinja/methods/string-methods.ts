import { bindArguments, integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { toItems } from '../iterate.ts';
import { formatBraces } from '../string-format.ts';
import { escapeHtml, SPACES, textLength, textSlice } from '../text.ts';
import {
  type CallArguments,
  isDict,
  isList,
  JinjaTuple,
  type JinjaValue,
  Markup,
  type Runtime,
  textOf,
  truth,
  typeName,
} from '../values.ts';
import { bytesValue } from './bytes-value.ts';
import { capitalize, caseFold, isLower, isTitle, isUpper, pythonTitle, swapCase } from './case.ts';
import { encodeText } from './encodings.ts';
import { countText, replaceText } from './replace-text.ts';
import { split, splitFromRight, splitLines } from './split.ts';
import { strip } from './strip.ts';
import { makeTable, translate } from './translate.ts';

type Bound = readonly (JinjaValue | undefined)[];

interface StringMethod {
  readonly parameters: readonly string[];
  readonly required?: number;
  /** Whether arguments that are text are escaped first when the method is called on markup. */
  apply(text: string, args: Bound, runtime: Runtime, all: CallArguments): JinjaValue;
}

function simple(apply: (text: string) => JinjaValue): StringMethod {
  return { parameters: [], apply };
}

function padding(place: (text: string, missing: number, fill: string) => string): StringMethod {
  return {
    parameters: ['width', 'fillchar'],
    required: 1,
    apply: (text, [width, fill], { budget }) => {
      const wide = integerArgument(width, 'width');
      const filler = textArgument(fill, 'fillchar', ' ');
      if (textLength(filler) !== 1) fail('"fillchar" must be one character');
      budget.allocate(Math.max(0, wide));
      return place(text, Math.max(0, wide - textLength(text)), filler);
    },
  };
}

function stripping(sides: 'both' | 'left' | 'right'): StringMethod {
  return {
    parameters: ['chars'],
    apply: (text, [given], { budget }) => {
      const characters = given === undefined || given === null ? undefined : textArgument(given, 'chars');
      budget.spendSteps(characters?.length ?? 0);
      return strip(text, characters, sides);
    },
  };
}

function splitting(apply: typeof split): StringMethod {
  return {
    parameters: ['sep', 'maxsplit'],
    apply: (text, [separator, limit], { budget }) => {
      const at = separator === undefined || separator === null ? undefined : textArgument(separator, 'sep');
      return apply(text, at, integerArgument(limit, 'maxsplit', -1), budget);
    },
  };
}

function searching(name: string, apply: (text: string, part: string) => number): StringMethod {
  return {
    parameters: ['sub', 'start', 'end'],
    required: 1,
    apply: (text, [part, start, end]) => {
      const wanted = textArgument(part, 'sub');
      const [from, shown] = within(text, start, end);
      const found = shown === undefined ? (name === 'count' ? 0 : -1) : apply(shown, wanted);
      if (found === -1 && name.endsWith('index')) fail('the text does not contain the part that is looked for');
      return found === -1 || name === 'count' ? found : found + from;
    },
  };
}

/** Where a part of a text begins, and the part; there is none, not even an empty one, where it begins after its end. */
function within(text: string, start: JinjaValue | undefined, end: JinjaValue | undefined): readonly [number, string | undefined] {
  const length = textLength(text);
  const place = (value: JinjaValue | undefined, fallback: number): number => {
    const index = value === null ? fallback : integerArgument(value, 'position', fallback);
    return Math.max(0, index < 0 ? index + length : index);
  };
  const [from, to] = [place(start, 0), Math.min(length, place(end, length))];
  return [from, from > to ? undefined : textSlice(text, from, to)];
}

function indexByCharacter(text: string, at: number): number {
  return at === -1 ? -1 : textLength(text.slice(0, at));
}

function affix(matches: (text: string, part: string) => boolean): StringMethod {
  return {
    parameters: ['prefix', 'start', 'end'],
    required: 1,
    apply: (text, [part, start, end], { budget }) => {
      const [, shown] = within(text, start, end);
      if (part instanceof JinjaTuple) budget.spendSteps(part.items.length);
      const candidates = (part instanceof JinjaTuple ? part.items : [part]).map((candidate) => textArgument(candidate, 'prefix'));
      return shown !== undefined && candidates.some((candidate) => matches(shown, candidate));
    },
  };
}

function partition(text: string, at: number, separator: string): JinjaValue {
  return new JinjaTuple([text.slice(0, at), separator, text.slice(at + separator.length)]);
}

const METHODS: ReadonlyMap<string, StringMethod> = new Map<string, StringMethod>([
  ['upper', simple((text) => text.toUpperCase())],
  ['lower', simple((text) => text.toLowerCase())],
  ['casefold', simple(caseFold)],
  ['capitalize', simple(capitalize)],
  ['title', simple(pythonTitle)],
  ['swapcase', simple(swapCase)],
  ['strip', stripping('both')],
  ['lstrip', stripping('left')],
  ['rstrip', stripping('right')],
  ['center', padding((text, missing, fill) => padBoth(text, missing, fill))],
  ['ljust', padding((text, missing, fill) => text + fill.repeat(missing))],
  ['rjust', padding((text, missing, fill) => fill.repeat(missing) + text)],
  [
    'zfill',
    { parameters: ['width'], required: 1, apply: (text, [width], { budget }) => zeroFill(text, integerArgument(width, 'width'), budget) },
  ],
  ['split', splitting(split)],
  ['rsplit', splitting(splitFromRight)],
  [
    'splitlines',
    { parameters: ['keepends'], apply: (text, [keep], { budget }) => splitLines(text, keep !== undefined && truth(keep), budget) },
  ],
  ['startswith', affix((text, part) => text.startsWith(part))],
  ['endswith', affix((text, part) => text.endsWith(part))],
  ['find', searching('find', (text, part) => indexByCharacter(text, text.indexOf(part)))],
  ['rfind', searching('rfind', (text, part) => indexByCharacter(text, text.lastIndexOf(part)))],
  ['index', searching('index', (text, part) => indexByCharacter(text, text.indexOf(part)))],
  ['rindex', searching('rindex', (text, part) => indexByCharacter(text, text.lastIndexOf(part)))],
  ['count', searching('count', countText)],
  ['replace', { parameters: ['old', 'new', 'count'], required: 2, apply: replaceMethod }],
  ['removeprefix', { parameters: ['prefix'], required: 1, apply: (text, [part]) => removePrefix(text, textArgument(part, 'prefix')) }],
  ['removesuffix', { parameters: ['suffix'], required: 1, apply: (text, [part]) => removeSuffix(text, textArgument(part, 'suffix')) }],
  ['partition', { parameters: ['sep'], required: 1, apply: (text, [part]) => partitionAt(text, textArgument(part, 'sep'), false) }],
  ['rpartition', { parameters: ['sep'], required: 1, apply: (text, [part]) => partitionAt(text, textArgument(part, 'sep'), true) }],
  ['join', { parameters: ['iterable'], required: 1, apply: joinMethod }],
  [
    'expandtabs',
    { parameters: ['tabsize'], apply: (text, [size], { budget }) => expandTabs(text, integerArgument(size, 'tabsize', 8), budget) },
  ],
  ['translate', { parameters: ['table'], required: 1, apply: (text, [table], { budget }) => translate(text, table, budget) }],
  ['maketrans', { parameters: ['x', 'y', 'z'], required: 1, apply: (_text, args, { budget }) => makeTable(args, budget) }],
  [
    'encode',
    {
      parameters: ['encoding', 'errors'],
      apply: (text, [encoding, errors], { budget }) => bytesValue(encodeText(text, { encoding, errors }, budget), budget),
    },
  ],
  ['isalpha', simple((text) => /^\p{L}+$/u.test(text))],
  ['isalnum', simple((text) => /^[\p{L}\p{N}]+$/u.test(text))],
  ['isdigit', simple((text) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(text))],
  ['isdecimal', simple((text) => /^\p{Nd}+$/u.test(text))],
  ['isnumeric', simple((text) => /^\p{N}+$/u.test(text))],
  ['isprintable', simple((text) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text))],
  ['isspace', simple((text) => new RegExp(`^[${SPACES}]+$`).test(text))],
  ['isascii', simple((text) => !/[^\0-\x7f]/.test(text))],
  ['isidentifier', simple((text) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(text))],
  ['islower', simple(isLower)],
  ['isupper', simple(isUpper)],
  ['istitle', simple(isTitle)],
]);

/** What the strict dialect has not: it has no bytes, and `replace` says more plainly what `translate` does. */
const PYTHON_ONLY: ReadonlySet<string> = new Set(['encode', 'translate', 'maketrans']);

/** How much of a text a method takes for one step, as a power of two; letters that are looked at on their own take longest. */
const EFFORTS: ReadonlyMap<string, number> = new Map([
  ...['casefold', 'title', 'swapcase'].map((name) => [name, 0] as const),
  ...['upper', 'lower', 'capitalize'].map((name) => [name, 2] as const),
]);
const PLAIN_EFFORT = 4;

const RETURNS_PARTS: ReadonlySet<string> = new Set(['split', 'rsplit', 'splitlines', 'partition', 'rpartition']);

/** The names of the methods of strings. */
export function stringMethodNames({ isPython }: Pick<Runtime, 'isPython'>): Iterable<string> {
  return [...METHODS.keys(), 'format', 'format_map'].filter((name) => isPython || !PYTHON_ONLY.has(name)).sort();
}

/** Calls a method of a string or of markup; undefined when there is no such method. Markup stays markup, and escapes what is put into it. */
export function stringMethod(value: string | Markup, name: string, runtime: Runtime): ((args: CallArguments) => JinjaValue) | undefined {
  const text = textOf(value) ?? '';
  const isMarkup = value instanceof Markup;
  if (name === 'format') {
    return (args) => {
      const result = formatBraces(text, args, runtime.budget, { escapes: isMarkup });
      return isMarkup ? new Markup(result) : result;
    };
  }
  if (name === 'format_map') {
    return (args) => {
      const [mapping] = bindArguments('the method "format_map"', args, ['mapping'], 1);
      if (mapping === undefined || !isDict(mapping)) fail('"format_map" needs a dict');
      const named = new Map([...mapping].flatMap(([key, item]) => (textOf(key) === undefined ? [] : [[textOf(key) ?? '', item] as const])));
      const result = formatBraces(text, { positional: [], named }, runtime.budget, { escapes: isMarkup });
      return isMarkup ? new Markup(result) : result;
    };
  }
  const method = METHODS.get(name);
  if (method === undefined || (PYTHON_ONLY.has(name) && !runtime.isPython)) return undefined;
  return (args) => {
    runtime.budget.spendSteps(1 + (text.length >> (EFFORTS.get(name) ?? PLAIN_EFFORT)));
    runtime.budget.allocate(text.length);
    const bound = bindArguments(`the method "${name}"`, args, method.parameters, method.required);
    const result = method.apply(text, isMarkup ? bound.map(escapeArgument) : bound, runtime, args);
    return isMarkup ? markAll(name, result) : result;
  };
}

function escapeArgument(value: JinjaValue | undefined): JinjaValue | undefined {
  if (value instanceof Markup) return value.text;
  return typeof value === 'string' ? escapeHtml(value) : value;
}

function markAll(name: string, result: JinjaValue): JinjaValue {
  if (typeof result === 'string') return new Markup(result);
  if (!RETURNS_PARTS.has(name)) return result;
  const mark = (item: JinjaValue): JinjaValue => (typeof item === 'string' ? new Markup(item) : item);
  if (isList(result)) return result.map(mark);
  return result instanceof JinjaTuple ? new JinjaTuple(result.items.map(mark)) : result;
}

/** Places text in the middle as Python does: the odd blank goes left when the width is odd. */
export function padBoth(text: string, missing: number, fill: string): string {
  const width = missing + textLength(text);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function zeroFill(text: string, width: number, budget: Runtime['budget']): string {
  budget.allocate(Math.max(0, width));
  const sign = /^[+-]/.test(text) ? (text[0] ?? '') : '';
  return sign + '0'.repeat(Math.max(0, width - textLength(text))) + text.slice(sign.length);
}

function replaceMethod(text: string, [from, to, count]: Bound, { budget }: Runtime): JinjaValue {
  return replaceText(text, textArgument(from, 'old'), textArgument(to, 'new'), integerArgument(count, 'count', -1), budget);
}

function removePrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function removeSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function partitionAt(text: string, separator: string, isLast: boolean): JinjaValue {
  if (separator === '') fail('the separator is empty');
  const at = isLast ? text.lastIndexOf(separator) : text.indexOf(separator);
  if (at !== -1) return partition(text, at, separator);
  return new JinjaTuple(isLast ? ['', '', text] : [text, '', '']);
}

function joinMethod(separator: string, [items]: Bound, { budget }: Runtime): JinjaValue {
  const parts = toItems(items ?? null, budget).map(
    (item) => textOf(item) ?? fail(`"join" needs strings, not ${typeName(item)}`, 'the filter "join" takes items of any type'),
  );
  budget.spendSteps(parts.length);
  budget.allocate(parts.reduce((sum, part) => sum + part.length, 0) + separator.length * parts.length);
  return parts.join(separator);
}

function expandTabs(text: string, size: number, budget: Runtime['budget']): string {
  const lines = text.split('\n');
  return lines
    .map((line) => {
      const [first = '', ...rest] = line.split('\t');
      let result = first;
      for (const part of rest) {
        const missing = size > 0 ? size - (textLength(result) % size) : 0;
        budget.allocate(missing + result.length);
        result += ' '.repeat(missing) + part;
      }
      return result;
    })
    .join('\n');
}
