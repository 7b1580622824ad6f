/** The arguments of a filter, test or function: Tera gives them by name, tests by place. */
export interface TeraArguments {
  readonly named: ReadonlyMap<string, string>;
  readonly placed: readonly string[];
}

/** What stands for a use in the language of packs; `undefined` where nothing does. */
type Rewrite = (operand: string, args: TeraArguments) => string | undefined;

const same =
  (name: string): Rewrite =>
  (operand, { named }) =>
    named.size > 0 ? undefined : `${operand} | ${name}`;

const passed =
  (name: string, ...allowed: readonly string[]): Rewrite =>
  (operand, { named }) =>
    [...named.keys()].every((key) => allowed.includes(key))
      ? `${operand} | ${name}${named.size === 0 ? '' : `(${[...named].map(([key, value]) => `${key}=${value}`).join(', ')})`}`
      : undefined;

const needing =
  (keys: readonly string[], write: (operand: string, ...values: string[]) => string): Rewrite =>
  (operand, { named }) => {
    const values = keys.map((key) => named.get(key));
    return values.every((value) => value !== undefined) ? write(operand, ...values) : undefined;
  };

const NAME_FORMS: readonly (readonly [string, readonly string[]])[] = [
  ['snake_case', ['snake', 'snake_case', 'snakecase']],
  ['kebab_case', ['kebab', 'kebab_case', 'kebabcase', 'param']],
  ['camel_case', ['camel', 'camel_case', 'camelcase', 'lower_camel_case']],
  ['pascal_case', ['pascal', 'pascal_case', 'pascalcase', 'upper_camel_case', 'class', 'class_case']],
  [
    'constant_case',
    ['shouty_snake', 'shouty_snake_case', 'screaming_snake', 'screaming_snake_case', 'upper_snake_case', 'constant_case', 'constant'],
  ],
  ['pluralize', ['plural', 'to_plural']],
  ['snake_case | replace("_", " ") | title', ['titlecase']],
  ['snake_case | replace("_", " ") | capitalize', ['sentence']],
  ['kebab_case | title', ['train']],
];

const PLAIN = 'lower upper capitalize title wordcount first last length reverse abs safe urlencode slugify escape float striptags';

const FILTERS: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ...PLAIN.split(' ').map((name): [string, Rewrite] => [name, same(name)]),
  ...NAME_FORMS.flatMap(([name, aliases]) => aliases.map((alias): [string, Rewrite] => [alias, same(name)])),
  ['shouty_kebab_case', same('kebab_case | upper')],
  ['as_str', same('string')],
  ['trim', same('trim')],
  ['ucfirst', (operand) => `((${operand})[:1] | upper ~ (${operand})[1:])`],
  ['lcfirst', (operand) => `((${operand})[:1] | lower ~ (${operand})[1:])`],
  ['local', localName],
  ['date', dateOfNow],
  ['trim_start', (operand) => `(${operand} | string).lstrip()`],
  ['trim_end', (operand) => `(${operand} | string).rstrip()`],
  ['replace', needing(['from', 'to'], (operand, from, to) => `${operand} | replace(${from}, ${to})`)],
  ['linebreaksbr', (operand) => `${operand} | replace("\\r\\n", "<br>") | replace("\\n", "<br>")`],
  ['truncate', truncate],
  ['split', needing(['pat'], (operand, pattern) => `(${operand}).split(${pattern})`)],
  ['join', (operand, { named }) => `${operand} | join(${named.get('sep') ?? '""'})`],
  ['nth', needing(['n'], (operand, place) => `(${operand})[${place}]`)],
  ['slice', (operand, { named }) => `(${operand})[${named.get('start') ?? ''}:${named.get('end') ?? ''}]`],
  ['concat', concat],
  ['sort', (operand, { named }) => `${operand} | sort(${attribute(named)}case_sensitive=true)`],
  ['unique', passed('unique', 'attribute', 'case_sensitive')],
  ['map', needing(['attribute'], (operand, name) => `${operand} | map(attribute=${name}) | list`)],
  ['filter', filterRows],
  ['get', get],
  ['default', needing(['value'], (operand, value) => `(${value} if (${operand} | default(none)) is none else ${operand})`)],
  ['int', passed('int', 'default', 'base')],
  [
    'round',
    (operand, args) => (args.named.has('precision') ? passed('round', 'precision', 'method')(operand, args) : whole(operand, args)),
  ],
  ['json_encode', (operand, { named }) => `${operand} | to_json${named.get('pretty') === 'true' ? '(2)' : ''}`],
  ['indent', indent],
]);

/** Without a value what has something there. */
function filterRows(operand: string, { named }: TeraArguments): string | undefined {
  const name = named.get('attribute');
  const value = named.get('value');
  if (name === undefined) return undefined;
  return `${operand} | selectattr(${name}, ${value === undefined ? '"!=", none' : `"==", ${value}`}) | list`;
}

/** Where parts of a date stand in the recorded instant. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['%Y', 'now[:4]'],
  ['%m', 'now[5:7]'],
  ['%d', 'now[8:10]'],
  ['%F', 'now[:10]'],
  ['%H', 'now[11:13]'],
  ['%M', 'now[14:16]'],
  ['%S', 'now[17:19]'],
  ['%T', 'now[11:19]'],
]);

/** Only the recorded instant is known to be a date; packs write `"now"` for it, too. */
function dateOfNow(operand: string, { named }: TeraArguments): string | undefined {
  const [, format = ''] = /^"([^"\\]*)"$/.exec(named.get('format') ?? '"%Y-%m-%d"') ?? [];
  const parts = format.split(/(%.)/).filter((part) => part !== '');
  const written = parts.map((part) => (part.startsWith('%') ? PARTS.get(part) : JSON.stringify(part)));
  const isNow = operand === 'now' || operand === '"now"';
  return isNow && written.length > 0 && written.every((part) => part !== undefined) ? `(${written.join(' ~ ')})` : undefined;
}

/** The last part of an IRI. */
function localName(iri: string): string {
  return `(((${iri}).split("#") | last).split("/") | last)`;
}

function truncate(operand: string, { named }: TeraArguments): string {
  const length = named.get('length') ?? '255';
  const end = named.get('end') ?? '"…"';
  return `((${operand})[:${length}] ~ (${end} if (${operand}) | length > ${length} else ""))`;
}

/** A list behind a list; another value is one entry more, which shows only where it is written as a list. */
function concat(operand: string, { named }: TeraArguments): string | undefined {
  const other = named.get('with');
  return other?.startsWith('[') === true ? `((${operand}) + ${other})` : undefined;
}

function attribute(named: ReadonlyMap<string, string>): string {
  const name = named.get('attribute');
  return name === undefined ? '' : `attribute=${name}, `;
}

function get(operand: string, { named }: TeraArguments): string | undefined {
  const key = named.get('key');
  const fallback = named.get('default');
  if (key === undefined) return undefined;
  return fallback === undefined ? `(${operand})[${key}]` : `(${operand}).get(${key}, ${fallback})`;
}

function whole(operand: string, { named }: TeraArguments): string {
  const method = named.get('method');
  return `${operand} | round${method === undefined ? '' : `(method=${method})`} | int`;
}

/** Only blanks can be put before lines. */
function indent(operand: string, { named }: TeraArguments): string | undefined {
  const prefix = named.get('prefix');
  const width = prefix === undefined ? 4 : /^["'`] *["'`]$/.test(prefix) ? prefix.length - 2 : undefined;
  if (width === undefined) return undefined;
  const rest = ['first', 'blank'].flatMap((key) => (named.has(key) ? [`${key}=${named.get(key) ?? ''}`] : []));
  return `${operand} | indent(${[String(width), ...rest].join(', ')})`;
}

/** A filter of Tera in the language of packs. */
export function rewriteFilter(name: string, operand: string, args: TeraArguments): string | undefined {
  return FILTERS.get(name)?.(operand, args);
}

const TESTS: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  // A row has none where ggen has nothing.
  ['defined', (operand) => `(${operand} is defined and ${operand} is not none)`],
  ['undefined', (operand) => `(${operand} is undefined or ${operand} is none)`],
  ...'odd even string number iterable'.split(' ').map((name): [string, Rewrite] => [name, (operand) => `${operand} is ${name}`]),
  ['object', (operand) => `${operand} is mapping`],
  ['divisibleby', (operand, { placed }) => `${operand} is divisibleby(${placed[0] ?? ''})`],
  ['starting_with', (operand, { placed }) => `(${operand}).startswith(${placed[0] ?? ''})`],
  ['ending_with', (operand, { placed }) => `(${operand}).endswith(${placed[0] ?? ''})`],
  ['containing', (operand, { placed }) => `((${placed[0] ?? ''}) in (${operand}))`],
]);

/** A test of Tera in the language of packs. */
export function rewriteTest(name: string, operand: string, args: TeraArguments): string | undefined {
  return TESTS.get(name)?.(operand, args);
}

const FUNCTIONS: ReadonlyMap<string, (args: TeraArguments) => string | undefined> = new Map<
  string,
  (args: TeraArguments) => string | undefined
>([
  ['range', ({ named }) => range(named)],
  ['super', () => 'super()'],
  ['sparql_first', ({ named }) => column(named, (results, name) => `(((${results}) | first | default({})).get(${name}, ""))`)],
  ['sparql_values', ({ named }) => column(named, (results, name) => `((${results}) | map(attribute=${name}) | list)`)],
  ['sparql_column', ({ named }) => column(named, (results, name) => `((${results}) | map(attribute=${name}) | list)`)],
  ['sparql_row', ({ named }) => rows(named, (results) => (named.has('index') ? `((${results})[${named.get('index') ?? ''}])` : undefined))],
  // The instant that is recorded for the project.
  ['now', ({ named }) => (named.has('timestamp') ? undefined : 'now')],
  ['sparql_count', ({ named }) => rows(named, (results) => `((${results}) | length)`)],
  ['sparql_empty', ({ named }) => rows(named, (results) => `((${results}) | length == 0)`)],
  [
    'local',
    ({ named }) => {
      const iri = named.get('iri');
      return iri === undefined ? undefined : localName(iri);
    },
  ],
]);

function range(named: ReadonlyMap<string, string>): string | undefined {
  const end = named.get('end');
  if (end === undefined) return undefined;
  const step = named.get('step_by');
  return `range(${named.get('start') ?? '0'}, ${end}${step === undefined ? '' : `, ${step}`})`;
}

function rows(named: ReadonlyMap<string, string>, write: (results: string) => string | undefined): string | undefined {
  const results = named.get('results');
  return results === undefined ? undefined : write(results);
}

function column(named: ReadonlyMap<string, string>, write: (results: string, column: string) => string): string | undefined {
  const name = named.get('column');
  return name === undefined ? undefined : rows(named, (results) => write(results, name.replace(/^(["'`])\?/, '$1')));
}

/** A function of Tera or ggen in the language of packs. */
export function rewriteFunction(name: string, args: TeraArguments): string | undefined {
  return FUNCTIONS.get(name)?.(args);
}

/** What to write in the place of what is not translated. */
export const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['now', 'write {{ now }}: the instant that is recorded for the project'],
  ['get_env', 'ask for it as a variable: templates do not see the environment'],
  ['get_random', 'ask for it as a variable: the same pack always gives the same files'],
  ['throw', 'write a gate: a query in gates/ whose rows refuse'],
  ['sparql', 'name the query below `sparql:` and use its rows'],
  ['group_by', 'group the rows in the query, or write `| groupby("name")`, which gives pairs'],
  ['date', 'ask for it as a variable, or write {{ now[:10] }}'],
  ['filesizeformat', 'give the text in the query or as a variable'],
  ['spaceless', 'control white space with {%- and -%}'],
  ['pluralize', 'write {{ "" if count == 1 else "s" }}'],
  ['matching', 'compare with `is starting_with`, `is ending_with` or `is containing`, or decide in the query'],
]);
