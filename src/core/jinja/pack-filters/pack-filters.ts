import { integerArgument } from '../arguments.ts';
import { isEqual } from '../compare.ts';
import { fail } from '../fault.ts';
import { filter, textFilter } from '../filters/define-filter.ts';
import { toItems } from '../iterate.ts';
import { toText } from '../python-repr.ts';
import { type JinjaFilter, JinjaUndefined, type JinjaValue, Markup, textOf, typeName } from '../values.ts';
import { formatJson } from './format-json.ts';
import { formatToml } from './format-toml.ts';
import { formatYaml } from './format-yaml.ts';
import { pluralize } from './pluralize.ts';
import { semverMax } from './semver-max.ts';
import { capitalizeWord, slugify, splitWords } from './words.ts';

const MAX_INDENT = 16;

/** The filters that packs have beyond Jinja's own. */
export const PACK_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  words('snake_case', (found) => found.join('_')),
  words('kebab_case', (found) => found.join('-')),
  words('camel_case', ([first = '', ...rest]) => first + rest.map(capitalizeWord).join('')),
  words('pascal_case', (found) => found.map(capitalizeWord).join('')),
  words('constant_case', (found) => found.join('_').toUpperCase()),
  textFilter('slugify', slugify),
  filter('pluralize', 'count', (value, [count], { budget }) => {
    const text = toText(value, budget);
    return count !== undefined && isEqual(count, 1, budget) ? text : pluralize(text);
  }),
  filter('to_json', 'indent', (value, [indent], { budget }) => {
    return formatJson(value, { indent: indentArgument(indent), sortKeys: false, asciiOnly: false, pythonSpacing: false }, budget);
  }),
  filter('to_yaml', 'indent', (value, [indent], { budget }) => formatYaml(value, indentArgument(indent) ?? 2, budget)),
  filter('to_toml', '', (value, _args, { budget }) => formatToml(value, budget)),
  filter('shell_quote', '', (value, _args, { budget }) => {
    const text = toText(value, budget);
    budget.allocate(text.length * 4);
    return shellQuote(text);
  }),
  filter('sha256', '', (value, _args, { budget, hash }) => {
    if (hash === undefined) return fail('"sha256" is not available here');
    const text = toText(value, budget);
    budget.spendSteps(text.length >> 2);
    return hash(text.toWellFormed());
  }),
  filter('semver_max', '', (value, _args, runtime) => {
    const versions = toItems(value, runtime.budget).map((item) => textOf(item) ?? fail(`a version is a string, not ${typeName(item)}`));
    runtime.budget.spendSteps(versions.length * 4);
    return semverMax(versions) ?? new JinjaUndefined('there are no versions to choose from', runtime.undefinedBehavior);
  }),
];

function words(name: string, join: (words: string[]) => string): [string, JinjaFilter] {
  return filter(name, '', (value, _args, { budget }) => {
    const text = toText(value, budget);
    budget.spendSteps(text.length >> 1);
    budget.allocate(text.length * 8);
    const result = join(splitWords(text));
    return value instanceof Markup ? new Markup(result) : result;
  });
}

function indentArgument(value: JinjaValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const indent = integerArgument(value, 'indent');
  return indent >= 1 && indent <= MAX_INDENT ? indent : fail(`"indent" must be between 1 and ${MAX_INDENT}`);
}

/** Quotes a word for a POSIX shell; what needs no quotes is left as it is. */
function shellQuote(text: string): string {
  if (text.includes('\0')) fail('a word of a shell command cannot hold a NUL');
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
