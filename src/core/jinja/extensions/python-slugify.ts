import { replaceMatches } from '../../text/pattern.ts';
import { bindArguments, integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toItems } from '../iterate.ts';
import { toText } from '../python-repr.ts';
import { type CallArguments, type JinjaFilter, type JinjaValue, type Runtime, truth } from '../values.ts';
import { transliterate } from './transliterate.ts';

const PARAMETERS = [
  'entities',
  'decimal',
  'hexadecimal',
  'max_length',
  'word_boundary',
  'separator',
  'save_order',
  'stopwords',
  'regex_pattern',
  'lowercase',
  'replacements',
  'allow_unicode',
];

/** The filter `slugify` of cookiecutter: python-slugify, with all its options, in its order. */
export const PYTHON_SLUGIFY: readonly [string, JinjaFilter] = filter('slugify', '', slugify, { variadic: true });

function slugify(value: JinjaValue, _args: readonly (JinjaValue | undefined)[], runtime: Runtime, all: CallArguments): JinjaValue {
  const options = readOptions(all, runtime);
  const { budget } = runtime;
  let text = toText(value, budget);
  budget.spendSteps(text.length);
  budget.allocate(text.length * 8);
  text = replaceTexts(text, options, runtime);
  text = toLetters(text.replace(/'+/g, '-'), options);
  if (options.lowercase) text = text.toLowerCase();
  text = text.replace(/'+/g, '').replace(/(?<=\d),(?=\d)/g, '');
  text = replaceUnwanted(text, options)
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '');
  if (options.stopwords.size > 0) {
    text = text
      .split('-')
      .filter((word) => !options.stopwords.has(word))
      .join('-');
  }
  text = replaceTexts(text, options, runtime);
  if (options.maxLength > 0) text = truncate(text, options);
  return options.separator === '-' ? text : replaceText(text, ['-', options.separator], runtime);
}

function replaceTexts(text: string, { replacements }: SlugOptions, runtime: Runtime): string {
  return replacements.reduce((changed, pair) => replaceText(changed, pair, runtime), text);
}

/** Counts what comes out before it is built. */
function replaceText(text: string, [from, to]: readonly [string, string], { budget }: Runtime): string {
  budget.spendSteps(text.length);
  const count = from === '' ? text.length + 1 : text.split(from).length - 1;
  budget.allocate(Math.max(0, text.length + count * (to.length - from.length)));
  return text.replaceAll(from, to);
}

interface SlugOptions {
  readonly entities: boolean;
  readonly decimal: boolean;
  readonly hexadecimal: boolean;
  readonly maxLength: number;
  readonly wordBoundary: boolean;
  readonly separator: string;
  readonly saveOrder: boolean;
  readonly stopwords: ReadonlySet<string>;
  readonly pattern: string | undefined;
  readonly lowercase: boolean;
  readonly replacements: readonly (readonly [string, string])[];
  readonly allowUnicode: boolean;
}

function readOptions(all: CallArguments, { budget }: Runtime): SlugOptions {
  const bound = bindArguments('the filter "slugify"', all, PARAMETERS);
  const at = (name: string): JinjaValue | undefined => bound[PARAMETERS.indexOf(name)];
  const isOn = (name: string, fallback: boolean): boolean => {
    const value = at(name);
    return value === undefined ? fallback : truth(value);
  };
  const lowercase = isOn('lowercase', true);
  const words = toItems(at('stopwords') ?? [], budget).map((word) => textArgument(word, 'stopwords'));
  const pattern = at('regex_pattern');
  return {
    entities: isOn('entities', true),
    decimal: isOn('decimal', true),
    hexadecimal: isOn('hexadecimal', true),
    maxLength: integerArgument(at('max_length'), 'max_length', 0),
    wordBoundary: isOn('word_boundary', false),
    separator: textArgument(at('separator'), 'separator', '-'),
    saveOrder: isOn('save_order', false),
    stopwords: new Set(lowercase ? words.map((word) => word.toLowerCase()) : words),
    pattern: pattern === undefined || pattern === null ? undefined : textArgument(pattern, 'regex_pattern'),
    lowercase,
    replacements: toItems(at('replacements') ?? [], budget).map((pair) => {
      const [from, to] = toItems(pair, budget);
      return [textArgument(from, 'replacements'), textArgument(to, 'replacements')];
    }),
    allowUnicode: isOn('allow_unicode', false),
  };
}

function toLetters(text: string, options: SlugOptions): string {
  let result = text;
  if (options.allowUnicode) result = result.normalize('NFKC');
  else {
    const spelled = transliterate(result);
    if (spelled.unknown !== undefined) {
      fail(`"slugify" has no ASCII spelling for "${spelled.unknown}"`, 'give the slug as an answer of its own, or use allow_unicode=True');
    }
    result = spelled.text;
  }
  if (options.entities)
    result = result.replace(/&([A-Za-z]{1,8}\d?);/g, (whole, name: string) => ENTITIES.get(name) ?? accented(name) ?? whole);
  if (options.decimal) result = result.replace(/&#(\d{1,7});/g, (whole, digits: string) => characterOf(Number(digits)) ?? whole);
  if (options.hexadecimal) {
    result = result.replace(/&#x([\da-fA-F]{1,6});/g, (whole, digits: string) => characterOf(Number.parseInt(digits, 16)) ?? whole);
  }
  return result.normalize(options.allowUnicode ? 'NFKC' : 'NFKD');
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', copy: '©', reg: '®' }),
);

const ACCENTS: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  caron: '\u030c',
  cedil: '\u0327',
};

function accented(name: string): string | undefined {
  const accent = name.slice(1);
  const mark = Object.hasOwn(ACCENTS, accent) ? ACCENTS[accent] : undefined;
  return mark === undefined ? undefined : (name.charAt(0) + mark).normalize('NFC');
}

function characterOf(code: number): string | undefined {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}

function replaceUnwanted(text: string, { pattern, allowUnicode, lowercase }: SlugOptions): string {
  if (pattern !== undefined) {
    return (
      replaceMatches(text, pattern, '-') ??
      fail('"regex_pattern" is not a regular expression that can be used here', 'look-around and back-references do not exist')
    );
  }
  if (allowUnicode) return text.replace(/[^\p{L}\p{N}]+/gu, '-');
  return text.replace(lowercase ? /[^-a-z0-9]+/g : /[^-a-zA-Z0-9]+/g, '-');
}

function truncate(text: string, { maxLength, wordBoundary, saveOrder }: SlugOptions): string {
  const trim = (part: string): string => part.replace(/^-+|-+$/g, '');
  if (text.length < maxLength) return text;
  if (!wordBoundary) return trim(text.slice(0, maxLength));
  if (!text.includes('-')) return text.slice(0, maxLength);
  let result = '';
  for (const word of text.split('-')) {
    if (word === '') continue;
    const length = result.length + word.length;
    if (length < maxLength) result += `${word}-`;
    else if (length === maxLength) {
      result += word;
      break;
    } else if (saveOrder) break;
  }
  return trim(result === '' ? text.slice(0, maxLength) : result);
}
