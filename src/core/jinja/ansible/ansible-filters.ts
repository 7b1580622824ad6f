import type { Value } from '../../pack/values.ts';
import { decodeBase64, encodeBase64 } from '../../text/base64.ts';
import { integerArgument } from '../arguments.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toItems } from '../iterate.ts';
import { decodeBytes, encodeText } from '../methods/encodings.ts';
import { numberOf } from '../numbers.ts';
import { formatJson } from '../pack-filters/format-json.ts';
import { copyValue } from '../plain-values.ts';
import { readJsonValue } from '../python-data/read-json.ts';
import { readYaml, readYamlValue } from '../python-data/read-yaml.ts';
import { toText } from '../python-repr.ts';
import { type CallArguments, type JinjaFilter, JinjaUndefined, type JinjaValue, type Runtime, textOf, truth, typeName } from '../values.ts';
import { COLLECTION_FILTERS } from './collection-filters.ts';
import { COMMENT_FILTER } from './comment-filter.ts';
import { DIGEST_FILTERS } from './digest-filters.ts';
import { PATH_FILTERS } from './path-filters.ts';
import { formatPythonYaml } from './python-yaml.ts';
import { REGEX_FILTERS } from './regex-filters.ts';

/** The filters of jinja2-ansible-filters that are pure; the others look at a machine's files or at chance. */
export const ANSIBLE_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter('to_json', '', (value, _args, { budget }, all) => json(value, all, { indent: undefined, sortKeys: false }, budget), {
    variadic: true,
  }),
  filter('to_nice_json', '', (value, _args, { budget }, all) => json(value, all, { indent: 4, sortKeys: true }, budget), {
    variadic: true,
  }),
  filter('to_yaml', '', (value, _args, runtime, all) => yaml(value, all, runtime, { indent: 2, flow: 'mixed' }), { variadic: true }),
  filter('to_nice_yaml', '', (value, _args, runtime, all) => yaml(value, all, runtime, { indent: 4, flow: 'never' }), { variadic: true }),
  filter('from_json', '', (value, _args, { budget }) => data(readJsonValue(toText(value, budget)), 'JSON', budget)),
  filter('from_yaml', '', (value, _args, { budget }) =>
    textOf(value) === undefined ? value : data(readYamlValue(toText(value, budget)), 'YAML', budget),
  ),
  filter('from_yaml_all', '', (value, _args, { budget }) => {
    if (textOf(value) === undefined) return value;
    const outcome = readYaml(toText(value, budget));
    return data(outcome.kind === 'documents' ? outcome.values : undefined, 'YAML', budget);
  }),
  filter('b64encode', 'encoding', (value, [encoding], { budget }) => encodeBase64(encodeText(toText(value, budget), { encoding }, budget))),
  filter('b64decode', 'encoding', (value, [encoding], { budget }) =>
    decodeBytes(decodeBase64(toText(value, budget)), { encoding }, budget),
  ),
  filter('ternary', 'true_val false_val none_val', (value, [yes, no, none]) => {
    if (value === null && none !== undefined && none !== null) return none;
    return (truth(value) ? yes : no) ?? null;
  }),
  filter('bool', '', (value) => {
    if (value === null || typeof value === 'boolean') return value;
    const text = textOf(value)?.toLowerCase();
    return text === undefined ? numberOf(value) === 1 : ['yes', 'on', '1', 'true'].includes(text);
  }),
  filter(
    'mandatory',
    'msg',
    (value, [message]) => (value instanceof JinjaUndefined ? fail(textOf(message) ?? 'a mandatory variable is not defined') : value),
    {
      takesUndefined: true,
    },
  ),
  filter('quote', '', (value, _args, { budget }) => {
    const text = value === null ? '' : toText(value, budget);
    return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
  }),
  filter('type_debug', '', (value) => (value instanceof JinjaUndefined ? 'Undefined' : typeName(value)), { takesUndefined: true }),
  COMMENT_FILTER,
  ...DIGEST_FILTERS,
  ...REGEX_FILTERS,
  ...PATH_FILTERS,
  ...COLLECTION_FILTERS,
];

/** Data that a text was read to. */
function data(value: Value | undefined, form: string, budget: Runtime['budget']): JinjaValue {
  return value === undefined ? fail(`the text is not ${form}`) : copyValue(value, budget);
}

interface JsonDefaults {
  readonly indent: number | undefined;
  readonly sortKeys: boolean;
}

function json(value: JinjaValue, { positional, named }: CallArguments, defaults: JsonDefaults, budget: Runtime['budget']): string {
  const indent = named.get('indent') ?? (defaults.indent === undefined ? undefined : positional[0]);
  const sorted = named.get('sort_keys');
  const ascii = named.get('ensure_ascii');
  const unknown = [...named.keys()].find((name) => !JSON_OPTIONS.has(name));
  if (unknown !== undefined) fail(`"${unknown.slice(0, 64)}" is not supported`, `there are ${[...JSON_OPTIONS].join(', ')}`);
  const style = {
    indent: indent === undefined || indent === null ? defaults.indent : integerArgument(indent, 'indent'),
    sortKeys: sorted === undefined ? defaults.sortKeys : truth(sorted),
    asciiOnly: ascii === undefined || truth(ascii),
    pythonSpacing: !isDense(named.get('separators'), budget),
  };
  return formatJson(value, style, budget);
}

const JSON_OPTIONS: ReadonlySet<string> = new Set(['indent', 'sort_keys', 'ensure_ascii', 'separators']);

/** Whether no blanks are written: the separators that templates ask for. */
function isDense(separators: JinjaValue | undefined, budget: Runtime['budget']): boolean {
  if (separators === undefined || separators === null) return false;
  const given = toItems(separators, budget).map(textOf);
  return given.length === 2 && given[0] === ',' && given[1] === ':'
    ? true
    : fail('other separators are not supported', "write separators=(',', ':')");
}

const MAX_INDENT = 9;
const WIDTH = 80;

function yaml(
  value: JinjaValue,
  { positional, named }: CallArguments,
  { budget }: Runtime,
  defaults: { readonly indent: number; readonly flow: 'never' | 'mixed' },
): string {
  const given = named.get('indent') ?? (defaults.flow === 'never' ? positional[0] : undefined);
  const indent = given === undefined || given === null ? defaults.indent : integerArgument(given, 'indent');
  const width = named.get('width');
  const sorted = named.get('sort_keys');
  const flow = named.get('default_flow_style');
  const style = {
    // PyYAML takes its own where an indentation is out of range, or as wide as the page.
    indent: indent > 1 && indent <= MAX_INDENT ? indent : 2,
    width: width === undefined || width === null ? WIDTH : integerArgument(width, 'width'),
    sortKeys: sorted === undefined || truth(sorted),
    flow: flow === undefined ? defaults.flow : flow === null ? ('mixed' as const) : ('never' as const),
  };
  if (flow === true) fail('default_flow_style=True is not supported; leave it out');
  return formatPythonYaml(value, style, budget);
}
