import { expand, type Found, findAll } from '../jinja/ansible/regex-filters.ts';
import { bindArguments, integerArgument, textArgument } from '../jinja/arguments.ts';
import type { Budget } from '../jinja/budget.ts';
import type { RegexMatch } from '../jinja/regex/python-regex.ts';
import { isList, JinjaObject, JinjaTuple, type JinjaValue, textOf } from '../jinja/values.ts';
import { callPython, wholeText } from './access.ts';
import { callable } from './callable.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';

/** Flags are lists, which `|` puts together. */
const FLAGS: readonly (readonly [string, string])[] = [
  ['I', 'i'],
  ['IGNORECASE', 'i'],
  ['M', 'm'],
  ['MULTILINE', 'm'],
  ['A', 'a'],
  ['ASCII', 'a'],
  ['S', 's'],
  ['DOTALL', 's'],
  ['X', 'x'],
  ['VERBOSE', 'x'],
];

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  sub: ['pattern', 'repl', 'string', 'count', 'flags'],
  split: ['pattern', 'string', 'maxsplit', 'flags'],
  findall: ['pattern', 'string', 'flags'],
  finditer: ['pattern', 'string', 'flags'],
  search: ['pattern', 'string', 'flags'],
  match: ['pattern', 'string', 'flags'],
  fullmatch: ['pattern', 'string', 'flags'],
};

/** Python's `re`: every step of a match is counted. */
export function regexModule(run: Machine): ReadonlyMap<string, JinjaValue> {
  const method = (name: string, pattern?: JinjaValue, flags: JinjaValue = []): JinjaObject =>
    new JinjaObject('function', {
      call: (args) => {
        const all = PARAMETERS[name] ?? [];
        const parameters = pattern === undefined ? all : all.filter((each) => each !== 'pattern' && each !== 'flags');
        const bound = bindArguments(`"${name}"`, args, parameters);
        const get = (parameter: string): JinjaValue | undefined => bound[parameters.indexOf(parameter)];
        return apply(name, { pattern: pattern ?? get('pattern') ?? '', flags: get('flags') ?? flags, get }, run);
      },
    });
  const compile = new JinjaObject('function', {
    call: (args) => {
      const [pattern = '', flags] = bindArguments('"compile"', args, ['pattern', 'flags']);
      return pattern instanceof JinjaObject
        ? pattern
        : new JinjaObject('Pattern', {
            get: (name) => (name === 'pattern' ? pattern : Object.hasOwn(PARAMETERS, name) ? method(name, pattern, flags) : undefined),
          });
    },
  });
  const escaping = new JinjaObject('function', {
    call: ({ positional: [pattern] }) => {
      const text = wholeText(pattern, 'pattern', run);
      run.runtime.budget.spendSteps(text.length);
      return text.replace(/[\t\n\v\f\r #$&()*+\-.?[\\\]^{|}~]/g, '\\$&');
    },
  });
  return new Map<string, JinjaValue>([
    ...Object.keys(PARAMETERS).map((name) => [name, method(name)] as const),
    ['compile', compile],
    ['escape', escaping],
    ...FLAGS.map(([name, flag]) => [name, [flag]] as const),
  ]);
}

interface Request {
  readonly pattern: JinjaValue;
  readonly flags: JinjaValue;
  readonly get: (parameter: string) => JinjaValue | undefined;
}

function apply(name: string, { pattern, flags, get }: Request, run: Machine): JinjaValue {
  const text = textArgument(get('string'), 'string');
  const written =
    textOf(pattern instanceof JinjaObject ? (pattern.parts.get?.('pattern') ?? '') : pattern) ??
    raise('TypeError', 'first argument must be string or compiled pattern');
  const has = (flag: string): boolean => isList(flags) && flags.includes(flag);
  const source = withFlags(written, ['a', 's', 'x'].filter(has).join(''));
  const find = (anchored: string, limit?: number): Found =>
    findAll({ text, pattern: anchored, ignore: has('i'), multi: has('m'), ...(limit !== undefined && { limit }) }, run.runtime);
  switch (name) {
    case 'sub':
      return substitute(find(source, countOf(get('count'))), get('repl') ?? '', run);
    case 'split':
      return split(find(source, countOf(get('maxsplit'))));
    case 'findall':
      return find(source).matches.map(({ groups }) =>
        groups.length <= 2 ? (groups.at(-1) ?? '') : new JinjaTuple(groups.slice(1).map((group) => group ?? '')),
      );
    case 'finditer': {
      const found = find(source);
      run.runtime.budget.allocate(found.matches.length * MATCH_BYTES);
      return found.matches.map((match) => matchValue(match, found, run));
    }
    default: {
      const found = find(name === 'search' ? source : anchor(source, name === 'fullmatch'), 1);
      const [match] = found.matches;
      return match === undefined ? null : matchValue(match, found, run);
    }
  }
}

/** How many there are at most: 0 is all of them. */
function countOf(given: JinjaValue | undefined): number | undefined {
  return integerArgument(given, 'count', 0) || undefined;
}

/** A pattern with more flags at its start, where it may have some itself. */
function withFlags(source: string, flags: string): string {
  return flags === '' ? source : `(?${flags}${LEADING.test(source) ? source.slice(2) : `)${source}`}`;
}

const LEADING = /^\(\?[aimsux]+\)/;

/** A pattern that begins where the text does; flags in it stay at its start. */
function anchor(source: string, isWhole: boolean): string {
  const [flags = ''] = LEADING.exec(source) ?? [];
  // A comment of a verbose pattern ends with its line.
  const end = flags.includes('x') ? '\n' : '';
  return `${flags}\\A(?:${source.slice(flags.length)}${end})${isWhole ? '\\Z' : ''}`;
}

function substitute(found: Found, replacement: JinjaValue, run: Machine): string {
  const { characters, matches, groupNumbers } = found;
  const { budget } = run.runtime;
  let text = '';
  let at = 0;
  for (const match of matches) {
    const made = textOf(replacement);
    const pieces =
      made === undefined
        ? [textOf(callPython(replacement, { positional: [matchValue(match, found, run)], named: new Map() }, run))]
        : expand(made, match.groups, groupNumbers);
    budget.spendSteps(match.end - at + pieces.length);
    budget.allocate(match.start - at + pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0));
    if (pieces.includes(undefined)) raise('TypeError', 'a replacement must be a string');
    text += characters.slice(at, match.start).join('') + pieces.join('');
    at = match.end;
  }
  return text + characters.slice(at).join('');
}

function split({ characters, matches }: Found): JinjaValue[] {
  const pieces: JinjaValue[] = [];
  let at = 0;
  for (const { start, end, groups } of matches) {
    pieces.push(characters.slice(at, start).join(''));
    for (const group of groups.slice(1)) pieces.push(group);
    at = end;
  }
  return [...pieces, characters.slice(at).join('')];
}

/** What a match takes as a value. */
const MATCH_BYTES = 128;

function matchValue(match: RegexMatch, { groupNumbers }: Found, run: Machine): JinjaObject {
  return new JinjaObject('Match', {
    get: (name) => {
      const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
      return method && callable(({ positional }) => method({ match, groupNumbers, budget: run.runtime.budget }, positional));
    },
  });
}

interface Matched extends Pick<Found, 'groupNumbers'> {
  readonly match: RegexMatch;
  readonly budget: Budget;
}

const GROUP_BYTES = 32;

const METHODS: Readonly<Record<string, (matched: Matched, positional: readonly JinjaValue[]) => JinjaValue>> = {
  group: (matched, keys) => (keys.length <= 1 ? groupOf(matched, keys[0] ?? 0) : new JinjaTuple(keys.map((key) => groupOf(matched, key)))),
  groups: ({ match, budget }) => {
    budget.allocate(match.groups.length * GROUP_BYTES);
    return new JinjaTuple(match.groups.slice(1));
  },
  groupdict: ({ match, groupNumbers, budget }) => {
    budget.spendSteps(groupNumbers.size);
    budget.allocate(groupNumbers.size * GROUP_BYTES);
    return new Map([...groupNumbers].map(([name, index]) => [name, match.groups[index] ?? null]));
  },
  start: ({ match }) => match.start,
  end: ({ match }) => match.end,
  span: ({ match }) => new JinjaTuple([match.start, match.end]),
  __getitem__: (matched, [key = 0]) => groupOf(matched, key),
};

function groupOf({ match: { groups }, groupNumbers }: Matched, key: JinjaValue): JinjaValue {
  const index = typeof key === 'number' ? key : groupNumbers.get(textOf(key) ?? '');
  return index === undefined || index >= groups.length ? raise('IndexError', 'no such group') : (groups[index] ?? null);
}
