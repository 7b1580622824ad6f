import { integerArgument, textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { capitalize } from '../methods/case.ts';
import { replaceText } from '../methods/replace-text.ts';
import { splitLines } from '../methods/split.ts';
import { padBoth } from '../methods/string-methods.ts';
import { strip } from '../methods/strip.ts';
import { formatPercent } from '../percent-format.ts';
import { toText } from '../python-repr.ts';
import { escapeHtml, SPACES, textLength, textSlice } from '../text.ts';
import { type JinjaFilter, JinjaTuple, type JinjaValue, Markup, type Runtime, textOf, truth } from '../values.ts';
import { filter, rewrap, textFilter } from './define-filter.ts';
import { wordWrap } from './word-wrap.ts';

type Bound = readonly (JinjaValue | undefined)[];

/** Filters over text. */
export const TEXT_FILTERS: readonly [string, JinjaFilter][] = [
  textFilter('upper', (text) => text.toUpperCase()),
  textFilter('lower', (text) => text.toLowerCase()),
  textFilter('capitalize', capitalize),
  textFilter('title', titleWords),
  filter('trim', 'chars', (value, [characters], { budget }) => {
    const set = characters === undefined || characters === null ? undefined : textArgument(characters, 'chars');
    budget.spendSteps(set?.length ?? 0);
    return rewrap(value, strip(toText(value, budget), set, 'both'));
  }),
  filter('center', 'width', (value, [width], { budget }) => {
    const text = toText(value, budget);
    const wide = integerArgument(width, 'width', 80);
    budget.allocate(Math.max(0, wide) + text.length);
    return rewrap(value, padBoth(text, Math.max(0, wide - textLength(text)), ' '));
  }),
  filter('indent', 'width first blank', indent),
  filter('truncate', 'length killwords end leeway', truncate),
  filter('wordwrap', 'width break_long_words wrapstring break_on_hyphens', (value, [width, breaks, wrapper, hyphens], { budget }) => {
    const joint = wrapper === undefined || wrapper === null ? '\n' : textArgument(wrapper, 'wrapstring');
    const options = {
      width: integerArgument(width, 'width', 79),
      breaksLongWords: breaks === undefined || truth(breaks),
      breaksOnHyphens: hyphens === undefined || truth(hyphens),
      joint,
    };
    return wordWrap(toText(value, budget), options, budget);
  }),
  filter('wordcount', '', (value, _args, { budget }) => toText(value, budget).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0),
  filter('replace', 'old new | count', replace),
  filter('format', '', format, { variadic: true }),
  filter('string', '', (value, _args, { budget }) => (value instanceof Markup ? value : toText(value, budget))),
  filter('urlencode', '', urlEncode),
];

const WORD_START = new RegExp(`([-${SPACES}({[<]+)`);

function titleWords(text: string): string {
  return text
    .split(WORD_START)
    .map((part) => {
      const [first = ''] = part;
      return first.toUpperCase() + part.slice(first.length).toLowerCase();
    })
    .join('');
}

function indent(value: JinjaValue, [width, first, blank]: Bound, { budget }: Runtime): JinjaValue {
  const text = toText(value, budget);
  const by = textOf(width);
  const count = by === undefined ? integerArgument(width, 'width', 4) : 0;
  budget.allocate(Math.max(0, count));
  const prefix = by ?? ' '.repeat(Math.max(0, count));
  const lines = splitLines(`${text}\n`, false, budget);
  budget.spendSteps(lines.length);
  budget.allocate(text.length + lines.length * (prefix.length + 8));
  const indentsFirst = first !== undefined && truth(first);
  const indentsBlank = blank !== undefined && truth(blank);
  const shown = lines.map((line, index) => {
    if (index === 0) return indentsFirst ? prefix + line : line;
    return indentsBlank || line !== '' ? prefix + line : line;
  });
  return rewrap(value, shown.join('\n'));
}

function truncate(value: JinjaValue, [length, killwords, end, leeway]: Bound, { budget }: Runtime): JinjaValue {
  const text = toText(value, budget);
  const limit = integerArgument(length, 'length', 255);
  const ending = textArgument(end, 'end', '...');
  const slack = leeway === undefined || leeway === null ? 5 : integerArgument(leeway, 'leeway');
  if (limit < textLength(ending)) fail(`"length" must be at least ${textLength(ending)}, the length of what marks the cut`);
  if (slack < 0) fail('"leeway" cannot be negative');
  if (textLength(text) <= limit + slack) return value instanceof Markup ? value : text;
  const cut = textSlice(text, 0, limit - textLength(ending));
  if (killwords !== undefined && truth(killwords)) return rewrap(value, cut + ending);
  const space = cut.lastIndexOf(' ');
  return rewrap(value, (space === -1 ? cut : cut.slice(0, space)) + ending);
}

function replace(value: JinjaValue, [from, to, count]: Bound, { budget, autoescape }: Runtime): JinjaValue {
  const limit = count === undefined || count === null ? -1 : integerArgument(count, 'count');
  const plain = (part: JinjaValue | undefined): string => toText(part ?? null, budget);
  const isMarkup = autoescape && [value, from, to].some((part) => part instanceof Markup);
  if (!isMarkup) return replaceText(toText(value, budget), plain(from), plain(to), limit, budget);
  const safe = (part: JinjaValue | undefined): string => (part instanceof Markup ? part.text : escapeHtml(plain(part)));
  return new Markup(replaceText(safe(value), safe(from), safe(to), limit, budget));
}

function format(
  value: JinjaValue,
  _args: Bound,
  { budget }: Runtime,
  { positional, named }: { positional: readonly JinjaValue[]; named: ReadonlyMap<string, JinjaValue> },
): JinjaValue {
  if (positional.length > 0 && named.size > 0) fail('the filter "format" takes values either by position or by name');
  const template = value instanceof Markup ? value : toText(value, budget);
  return formatPercent(template, named.size > 0 ? named : new JinjaTuple(positional), budget);
}

function urlEncode(value: JinjaValue, _args: Bound, { budget }: Runtime): JinjaValue {
  const encode = (item: JinjaValue, keepsSlash: boolean): string => {
    const text = toText(item, budget);
    budget.allocate(text.length * 3);
    const encoded = encodeURIComponent(text.toWellFormed()).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return keepsSlash ? encoded.replaceAll('%2F', '/') : encoded.replaceAll('%20', '+');
  };
  const pairs = pairsOf(value);
  if (pairs === undefined) return encode(value, true);
  return pairs.map(([key, item]) => `${encode(key, false)}=${encode(item, false)}`).join('&');
}

function pairsOf(value: JinjaValue): readonly (readonly [JinjaValue, JinjaValue])[] | undefined {
  if (value instanceof Map) return [...value.entries()];
  const items = value instanceof JinjaTuple ? value.items : value;
  if (!Array.isArray(items)) return undefined;
  return items.map((item) => {
    const pair = item instanceof JinjaTuple ? item.items : Array.isArray(item) ? item : [];
    return pair.length === 2 ? [pair[0] ?? null, pair[1] ?? null] : fail('"urlencode" needs text, a dict or a list of pairs');
  });
}
