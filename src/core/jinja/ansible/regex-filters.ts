import { textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toText } from '../python-repr.ts';
import { RegexDepthError } from '../regex/match-regex.ts';
import { RegexError } from '../regex/parse-regex.ts';
import { compilePythonRegex, type RegexMatch } from '../regex/python-regex.ts';
import { type JinjaFilter, JinjaTuple, type JinjaValue, type Runtime, textOf, truth } from '../values.ts';

/** Regular expressions of Python. Every step of a match is counted, so that one that goes back for ever fails. */
export const REGEX_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter('regex_replace', 'pattern replacement ignorecase multiline', (value, [pattern, replacement, ignore, multi], runtime) => {
    const text = toText(value, runtime.budget);
    const { characters, matches, groupNumbers } = findAll({ text, pattern, ignore, multi }, runtime);
    const template = textArgument(replacement, 'replacement', '');
    const pieces: string[] = [];
    let at = 0;
    for (const match of matches) {
      const more = [characters.slice(at, match.start).join(''), ...expand(template, match.groups, groupNumbers)];
      runtime.budget.spendSteps(more.length);
      runtime.budget.allocate(more.reduce((sum, piece) => sum + piece.length, 0));
      for (const piece of more) pieces.push(piece);
      at = match.end;
    }
    return pieces.join('') + characters.slice(at).join('');
  }),
  filter(
    'regex_search',
    'pattern',
    (value, [pattern], runtime, { named, positional }) => {
      const text = toText(value, runtime.budget);
      const search = { text, pattern, ignore: named.get('ignorecase'), multi: named.get('multiline'), limit: 1 };
      const { matches, groupNumbers } = findAll(search, runtime);
      const [match] = matches;
      if (match === undefined) return null;
      const wanted = positional.slice(1).map((group) => {
        const [, angled, number] = /^\\(?:g<(\w+)>|(\d+)$)/.exec(textOf(group) ?? '') ?? [];
        return groupOf(angled ?? number ?? fail('a group is named as \\1, \\g<1> or \\g<name>'), groupNumbers);
      });
      const missing = wanted.find((index) => index >= match.groups.length);
      if (missing !== undefined) fail(`there is no group ${missing}`);
      return wanted.length === 0 ? (match.groups[0] ?? '') : wanted.map((index) => match.groups[index] ?? null);
    },
    { variadic: true },
  ),
  filter('regex_findall', 'pattern multiline ignorecase', (value, [pattern, multi, ignore], runtime) =>
    findAll({ text: toText(value, runtime.budget), pattern, ignore, multi }, runtime).matches.map(
      ({ groups }): JinjaValue =>
        groups.length <= 2 ? (groups.at(-1) ?? '') : new JinjaTuple(groups.slice(1).map((group) => group ?? '')),
    ),
  ),
  filter('regex_escape', 're_type', (value, [type], { budget }) => {
    const escaped = ESCAPED.get(textArgument(type, 're_type', 'python')) ?? fail('"re_type" is "python" or "posix_basic"');
    return toText(value, budget).replace(escaped, '\\$&');
  }),
];

/** What has a meaning in a regular expression, by its kind. */
const ESCAPED: ReadonlyMap<string, RegExp> = new Map([
  ['python', /[\t\n\v\f\r #$&()*+\-.?[\\\]^{|}~]/g],
  ['posix_basic', /[\].[^$*\\]/g],
]);

export interface Search {
  readonly text: string;
  readonly pattern: JinjaValue | undefined;
  readonly ignore: JinjaValue | undefined;
  readonly multi: JinjaValue | undefined;
  readonly limit?: number;
}

export interface Found {
  readonly characters: readonly string[];
  readonly matches: readonly RegexMatch[];
  readonly groupNumbers: ReadonlyMap<string, number>;
}

/** All matches of a text, or the first ones. */
export function findAll({ text, pattern, ignore, multi, limit }: Search, { budget }: Runtime): Found {
  const source = textArgument(pattern ?? '', 'pattern');
  const isOn = (option: JinjaValue | undefined): boolean => option !== undefined && truth(option);
  budget.allocate((text.length + source.length) * 8);
  try {
    const regex = compilePythonRegex(source, new Set([...(isOn(ignore) ? ['i'] : []), ...(isOn(multi) ? ['m'] : [])]));
    const characters = [...text];
    return { characters, matches: regex.findAll(characters, budget, limit), groupNumbers: regex.groupNumbers };
  } catch (error) {
    if (error instanceof RegexError || error instanceof RegexDepthError)
      return fail(`the regular expression ${JSON.stringify(source)} cannot be used: ${error.message}`);
    throw error;
  }
}

/** Python's replacement in pieces: `\\1`, `\\g<1>`, `\\g<name>`, `\\n` and the like. */
/** What a match is replaced by: a text with its groups in it. */
export function expand(template: string, groups: readonly (string | null)[], names: ReadonlyMap<string, number>): string[] {
  return template.split(/(\\(?:g<\w+>|\d{1,2}|[\s\S]))/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const [, name, number] = /^\\(?:g<(\w+)>|(\d{1,2}))$/.exec(piece) ?? [];
    if (name !== undefined) return groups[groupOf(name, names)] ?? '';
    if (number !== undefined) return groups[Number(number)] ?? '';
    return CONTROLS.get(piece.slice(1)) ?? piece;
  });
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
]);

function groupOf(name: string, names: ReadonlyMap<string, number>): number {
  return /^\d+$/.test(name) ? Number(name) : (names.get(name) ?? fail(`there is no group ${name}`));
}
