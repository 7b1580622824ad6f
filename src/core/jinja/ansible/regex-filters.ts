import { RE2JS, RE2JSException } from 're2js';
import { textArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toText } from '../python-repr.ts';
import { type JinjaFilter, type JinjaValue, type Runtime, textOf, truth } from '../values.ts';

/** Regular expressions of Python, as far as they have linear time: neither look-around nor back-references in the pattern. */
export const REGEX_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter('regex_replace', 'pattern replacement ignorecase multiline', (value, [pattern, replacement, ignore, multi], runtime) => {
    const text = toText(value, runtime.budget);
    const matcher = compile(pattern ?? '', ignore, multi).matcher(text);
    const template = textArgument(replacement, 'replacement', '');
    let result = '';
    let at = 0;
    for (const match of matchesOf(matcher, runtime)) {
      result += text.slice(at, match.start) + expand(template, match.groups, matcher.groupNumbers);
      at = match.end;
      runtime.budget.allocate(result.length);
    }
    return result + text.slice(at);
  }),
  filter(
    'regex_search',
    'pattern',
    (value, [pattern], runtime, { named, positional }) => {
      const matcher = compile(pattern ?? '', named.get('ignorecase'), named.get('multiline')).matcher(toText(value, runtime.budget));
      const match = matchesOf(matcher, runtime)[0];
      if (match === undefined) return null;
      const wanted = positional
        .slice(1)
        .map((group) => /^\\(?:g<)?(\d+)>?$/.exec(textOf(group) ?? '')?.[1] ?? fail('a group is named as \\1 or \\g<1>'));
      return wanted.length === 0 ? (match.groups[0] ?? '') : wanted.map((index) => match.groups[Number(index)] ?? null);
    },
    { variadic: true },
  ),
  filter('regex_findall', 'pattern multiline ignorecase', (value, [pattern, multi, ignore], runtime) => {
    const found = matchesOf(compile(pattern ?? '', ignore, multi).matcher(toText(value, runtime.budget)), runtime);
    return found.map(
      ({ groups }): JinjaValue => (groups.length <= 2 ? (groups.at(-1) ?? '') : groups.slice(1).map((group) => group ?? '')),
    );
  }),
  filter('regex_escape', 're_type', (value, _args, { budget }) =>
    toText(value, budget).replace(/[\t\n\v\f\r !"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]/g, (character) =>
      /[!"%',/:;<=>@`]/.test(character) ? character : `\\${character}`,
    ),
  ),
];

function compile(
  pattern: JinjaValue,
  ignoreCase: JinjaValue | undefined,
  multiline: JinjaValue | undefined,
): { matcher: (text: string) => Matcher } {
  const flags =
    (ignoreCase !== undefined && truth(ignoreCase) ? RE2JS.CASE_INSENSITIVE : 0) |
    (multiline !== undefined && truth(multiline) ? RE2JS.MULTILINE : 0);
  const source = textArgument(pattern, 'pattern');
  try {
    const compiled = RE2JS.compile(source, flags);
    return {
      matcher: (text) => ({
        engine: compiled.matcher(text),
        groupCount: compiled.groupCount(),
        groupNumbers: compiled.namedGroups() as Readonly<Record<string, number>>,
      }),
    };
  } catch (error) {
    if (error instanceof RE2JSException)
      return fail(
        `the regular expression ${JSON.stringify(source)} cannot be used: ${error.message}`,
        'look-around and back-references are not supported',
      );
    throw error;
  }
}

interface Matcher {
  readonly engine: ReturnType<InstanceType<typeof RE2JS>['matcher']>;
  readonly groupCount: number;
  /** The numbers of named groups. */
  readonly groupNumbers: Readonly<Record<string, number>>;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

function matchesOf({ engine, groupCount }: Matcher, { budget }: Runtime): Match[] {
  const found: Match[] = [];
  while (engine.find()) {
    budget.step();
    found.push({
      start: engine.start(),
      end: engine.end(),
      groups: Array.from({ length: groupCount + 1 }, (_, index) => engine.group(index)),
    });
  }
  return found;
}

/** Python's replacement: `\1`, `\g<1>`, `\g<name>`, `\n` and the like. */
function expand(template: string, groups: readonly (string | null)[], names: Readonly<Record<string, number>>): string {
  return template.replace(
    /\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g,
    (whole, name: string | undefined, number: string | undefined, other: string | undefined) => {
      if (name !== undefined) return groups[/^\d+$/.test(name) ? Number(name) : (names[name] ?? fail(`there is no group ${name}`))] ?? '';
      if (number !== undefined) return groups[Number(number)] ?? '';
      return { n: '\n', t: '\t', r: '\r', '\\': '\\' }[other ?? ''] ?? whole;
    },
  );
}
