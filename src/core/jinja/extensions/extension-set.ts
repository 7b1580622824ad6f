import { ANSIBLE_FILTERS } from '../ansible/ansible-filters.ts';
import { integerArgument, textArgument } from '../arguments.ts';
import type { MakeFunctions } from '../environment.ts';
import { filter } from '../filters/define-filter.ts';
import { formatJson, indentArgument } from '../pack-filters/format-json.ts';
import { NOW_FUNCTION } from '../parser/now.ts';
import { toText } from '../python-repr.ts';
import type { JinjaFilter, Runtime } from '../values.ts';
import { datetimeValue, parseDatetime } from './datetime-value.ts';
import { instantOf, toCalendar } from './instant.ts';
import { PYTHON_SLUGIFY } from './python-slugify.ts';
import { ansibleRandomFilters, randomFilter, randomFunctions } from './random-extension.ts';
import { STAND_IN_FILTERS, STAND_IN_NAMES, standInValues } from './stand-ins.ts';
import { STRCASE_FILTERS } from './strcase-filters.ts';
import { strftime } from './strftime.ts';
import { nowFunction } from './time-extension.ts';

/** What the extensions of a template bring. */
export interface ExtensionSet {
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly functions: MakeFunctions;
  /** What is said of a filter that is not there, where some extension is Python code. */
  readonly missingFilter: string | undefined;
  /** The names among those asked for that are not known here: they are Python code. */
  readonly unknown: readonly string[];
}

/** What extensions take instead of the clock and of chance. */
export interface ExtensionFacts {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The same for each render of one project and template; different between them. */
  readonly seed: string;
}

/** Names of Jinja2's own extensions, whose statements are always there, or refused where they are used. */
const ALWAYS = new Set([
  'jinja2.ext.do',
  'jinja2.ext.loopcontrols',
  'jinja2.ext.with_',
  'jinja2.ext.autoescape',
  'jinja2.ext.debug',
  'jinja2.ext.i18n',
]);

const TIME = new Set(['jinja2_time.TimeExtension', 'cookiecutter.extensions.TimeExtension']);

const JSONIFY: readonly [string, JinjaFilter] = filter('jsonify', 'indent', (value, [indent], { budget }) =>
  formatJson(value, { indent: indentArgument(indent, true, 4), sortKeys: true, asciiOnly: true, pythonSpacing: true }, budget),
);

const FILTERS: ReadonlyMap<string, readonly (readonly [string, JinjaFilter])[]> = new Map([
  ['cookiecutter.extensions.JsonifyExtension', [JSONIFY]],
  ['cookiecutter.extensions.SlugifyExtension', [PYTHON_SLUGIFY]],
  ['jinja2_strcase.StrcaseExtension', STRCASE_FILTERS],
  ['jinja2_strcase.jinja2_strcase.StrcaseExtension', STRCASE_FILTERS],
]);

/** The filter of Ansible: a time in seconds, else the recorded instant, in UTC. */
function strftimeFilter(now: string): readonly [string, JinjaFilter] {
  return filter('strftime', 'second', (value, [second], { budget }) => {
    const instant = second === undefined || second === null ? instantOf(now) : integerArgument(second, 'second') * 1000;
    return strftime(toCalendar(instant, 0, 'UTC'), toText(value, budget));
  });
}

/** The filter of Ansible: a text as a time, by Python's `strptime`. */
const TO_DATETIME: readonly [string, JinjaFilter] = filter('to_datetime', 'format', (value, [format], { budget }) =>
  datetimeValue(parseDatetime(toText(value, budget), textArgument(format, 'format', '%Y-%m-%d %H:%M:%S'))),
);

const ANSIBLE = new Set(['jinja2_ansible_filters.AnsibleCoreFiltersExtension', 'jinja2_ansible_filters.AnsibleCoreFilters']);

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['cookiecutter.extensions.RandomStringExtension', 'random_ascii_string'],
  ['cookiecutter.extensions.UUIDExtension', 'uuid4'],
]);

/** Gathers what the named extensions of Jinja2, cookiecutter and others bring that is pure. */
export function loadExtensions(names: readonly string[], { now, seed }: ExtensionFacts): ExtensionSet {
  const wanted = new Set(names.flatMap((name) => FUNCTIONS.get(name) ?? []));
  const hasTime = names.some((name) => TIME.has(name));
  const templates = new WeakMap<Runtime, string>();
  const chance = { seed, templateOf: (runtime: Runtime) => templates.get(runtime) ?? '' };
  const standIns = names.includes(STAND_INS) ? standInValues(now) : [];
  return {
    filters: new Map([
      randomFilter(chance),
      ...(names.includes(STAND_INS) ? STAND_IN_FILTERS : []),
      ...(names.some((name) => ANSIBLE.has(name))
        ? [...ANSIBLE_FILTERS, ...ansibleRandomFilters(chance), strftimeFilter(now), TO_DATETIME]
        : []),
      ...names.flatMap((name) => FILTERS.get(name) ?? []),
    ]),
    functions: (runtime, template) => {
      if (!templates.has(runtime)) templates.set(runtime, template);
      const random = randomFunctions(seed, runtime, template).filter(([name]) => wanted.has(name));
      return new Map([...random, ...(hasTime ? [[NOW_FUNCTION, nowFunction(now)] as const] : []), ...standIns]);
    },
    missingFilter: names.includes(STAND_INS) ? missingFilterAdvice() : undefined,
    unknown: names.filter((name) => !isKnownExtension(name)),
  };
}

/** Loaders of extensions that stand in the template itself: nothing alone. */
const LOADERS = new Set(['copier_templates_extensions.TemplateExtensionLoader', 'copier_template_extensions.TemplateExtensionLoader']);

/** What is said of a filter that is not there, and why the extensions that may define it are not read. */
export function missingFilterAdvice(problem?: string): string {
  const why = problem === undefined ? 'which is never run' : `which is not read here (${problem})`;
  return `the template's own extensions may define it: they are Python code, ${why}; write what it gives as a value that is computed, or with the filters of the template language`;
}

/** The extension that stands in for those that are Python code. */
const STAND_INS = 'packsmith.stand_ins';

/** The extensions that a template names, with `packsmith.stand_ins` for those that are Python code. */
export function standInFor(names: readonly string[]): string[] {
  const known = names.filter(isKnownExtension);
  return known.length === names.length ? known : [...known, STAND_INS];
}

/** The warnings for extensions that are Python code, which is never run: one for each reason why they are not read either, if there is one. */
export function remarkOnExtensions(
  named: readonly (readonly [name: string, problem: string | undefined])[],
): { readonly message: string; readonly suggestion: string }[] {
  const unknown = named.filter(([name]) => !isKnownExtension(name));
  return [...new Set(unknown.map(([, problem]) => problem))].map((problem) => {
    const names = unknown.filter(([, other]) => other === problem).map(([name]) => JSON.stringify(name));
    const [subject, defines] =
      names.length === 1 ? [`extension ${names[0]} is`, 'it defines'] : [`extensions ${names.join(', ')} are`, 'they define'];
    const why = problem === undefined ? 'which is never run' : `which is never run, and not read here (${problem})`;
    return {
      message: `the ${subject} Python code, ${why}: of what ${defines}, only ${STAND_IN_NAMES.join(', ')} are there`,
      suggestion:
        'a name that is missing is refused where it is used: write what it gives as a computed value, or with the filters of the template language',
    };
  });
}

/** Whether an extension is one that packsmith has. */
export function isKnownExtension(name: string): boolean {
  return (
    ALWAYS.has(name) ||
    LOADERS.has(name) ||
    name === STAND_INS ||
    ANSIBLE.has(name) ||
    TIME.has(name) ||
    FILTERS.has(name) ||
    FUNCTIONS.has(name)
  );
}
