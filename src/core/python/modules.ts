import { textArgument } from '../jinja/arguments.ts';
import type { Budget } from '../jinja/budget.ts';
import { PYTHON_SLUGIFY } from '../jinja/extensions/python-slugify.ts';
import { copyValue } from '../jinja/plain-values.ts';
import { toText } from '../jinja/python-repr.ts';
import { type CallArguments, isDict, JinjaObject, JinjaTuple, type JinjaValue, orElse, truth } from '../jinja/values.ts';
import type { Value } from '../pack/values.ts';
import { wholeText } from './access.ts';
import { jsonModule, yamlModule } from './data-modules.ts';
import { datetimeModule } from './datetime-module.ts';
import { EXCEPTIONS } from './exceptions.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { pathsModule } from './os-path-module.ts';
import { pathModule } from './path-module.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { regexModule } from './regex-module.ts';
import { PythonClass, PythonFunction, PythonInstance } from './values.ts';

type Members = ReadonlyMap<string, JinjaValue>;

/** A module of Python's library or of Copier that is pure; what runs programs finds none, what reads a machine finds nothing. */
export function findModule(name: string, run: Machine, facts: ModuleFacts): JinjaValue | undefined {
  const make = MODULES.get(name);
  if (make !== undefined) return moduleOf(name, make(run, facts));
  if (QUIET.test(name)) return new JinjaObject('module', { get: () => ANYTHING, print: () => `<module '${name}'>` });
  return undefined;
}

/** Names that only say what is what to readers and checkers of types. */
const QUIET = /^(?:__future__|typing|typing_extensions|collections\.abc|types|abc|jinja2\.(?:parser|nodes)|warnings|logging|copier\.\w+)$/;

const ANYTHING: JinjaObject = new JinjaObject('type', {
  get: () => ANYTHING,
  call: ({ positional }) => positional[0] ?? ANYTHING,
});

function moduleOf(name: string, members: Members): JinjaObject {
  return new JinjaObject('module', {
    get: (member) => orElse(members.get(member), () => missingMember(`${name}.${member}`)),
    print: () => `<module '${name}'>`,
  });
}

const MAX_NAME = 200;

/** What is not there fails where it is used, not where it is named. */
export function missingMember(name: string): JinjaObject {
  const refuse = (): never => {
    throw new PythonRefusal(`${name} is not there`);
  };
  return new JinjaObject(name, {
    get: (member) => missingMember(`${name}.${member.slice(0, MAX_NAME)}`.slice(0, MAX_NAME)),
    call: refuse,
    print: refuse,
  });
}

function callable(call: (args: CallArguments) => JinjaValue): JinjaObject {
  return new JinjaObject('function', { call });
}

type MakeModule = (run: Machine, facts: ModuleFacts) => Members;

const MODULES: ReadonlyMap<string, MakeModule> = new Map<string, MakeModule>([
  ['re', (run) => regexModule(run)],
  ['datetime', (_run, facts) => datetimeModule(facts)],
  [
    'unicodedata',
    (run) => new Map([['normalize', callable(({ positional: [form, text] }) => wholeText(text, 'text', run).normalize(formOf(form)))]]),
  ],
  ['json', jsonModule],
  ['yaml', yamlModule],
  [
    'copy',
    (run) =>
      new Map(
        ['copy', 'deepcopy'].map((name) => [
          name,
          callable(({ positional: [value = null] }) => copyValue(value as Value, run.runtime.budget)),
        ]),
      ),
  ],
  ['string', (run) => new Map<string, JinjaValue>([['Template', templateClass(run)], ...LETTERS])],
  [
    'os',
    (run) =>
      new Map<string, JinjaValue>([
        ['getenv', callable(({ positional: [, fallback = null] }) => fallback)],
        ['environ', new Map()],
        ['path', moduleOf('os.path', pathsModule(run))],
        ['sep', '/'],
      ]),
  ],
  ['os.path', pathsModule],
  ['pathlib', (_run, facts) => pathModule(facts)],
  [
    'sys',
    () =>
      new Map<string, JinjaValue>([
        ['path', []],
        ['version_info', new JinjaTuple([3, 13, 0])],
        ['platform', 'linux'],
      ]),
  ],
  ['subprocess', () => PROGRAMS],
  ...['copier', 'copier._types', 'copier.types'].map((name) => [name, () => new Map([['Phase', PHASE]])] as const),
  ['shutil', () => new Map([['which', callable(() => null)]])],
  [
    'functools',
    () =>
      new Map<string, JinjaValue>([
        ['lru_cache', IDENTITY],
        ['cache', IDENTITY],
        ['wraps', IDENTITY],
        ['cached_property', PROPERTY],
      ]),
  ],
  ['jinja2', () => new Map([...JINJA, ['ext', moduleOf('jinja2.ext', JINJA)]])],
  ...['jinja2.ext', 'jinja2.environment', 'jinja2.runtime', 'jinja2.utils'].map((name) => [name, () => JINJA] as const),
  ['cookiecutter.utils', () => new Map([['simple_filter', SIMPLE_FILTER]])],
  ['slugify', (run) => new Map([['slugify', slugifyFunction(run)]])],
  ['copier.errors', () => EXCEPTIONS],
  ...['copier_templates_extensions', 'copier_template_extensions'].map(
    (name) => [name, () => new Map([['ContextHook', CONTEXT_HOOK]])] as const,
  ),
]);

const PHASES = ['prompt', 'tasks', 'migrate', 'render', 'undefined'];

const PHASE = new JinjaObject('type', { get: (name) => PHASES.find((phase) => phase === name.toLowerCase()) });

const IDENTITY = callable(({ positional: [given] }) => (given instanceof JinjaObject && given.parts.call !== undefined ? given : IDENTITY));

const PROPERTY = callable(({ positional: [made = null] }) =>
  made instanceof PythonFunction ? new PythonFunction(made.name, made.call, 'property') : made,
);

/** What extensions of templates are made from. */
export const EXTENSION = new PythonClass('Extension', [], new Map([['__init__', new PythonFunction('__init__', keepEnvironment)]]));

export const CONTEXT_HOOK = new PythonClass('ContextHook', [EXTENSION], new Map());

function keepEnvironment({ positional: [self, environment = null], named }: CallArguments): JinjaValue {
  if (self instanceof PythonInstance) self.attributes.set('environment', named.get('environment') ?? environment);
  return null;
}

/** The attribute by which a function asks for something before its arguments. */
export const PASSED = 'jinja_pass_arg';

function passes(what: string): JinjaObject {
  return callable(({ positional: [made = null] }) => {
    if (made instanceof JinjaObject) made.parts.set?.(PASSED, what);
    return made;
  });
}

/** What extensions take of Jinja2; the rest of it are names of types. */
const JINJA: Members = new Map<string, JinjaValue>([
  ['Extension', EXTENSION],
  ['pass_context', passes('context')],
  ['contextfilter', passes('context')],
  ['contextfunction', passes('context')],
  ['pass_environment', passes('environment')],
  ['pass_eval_context', passes('environment')],
  ['environmentfilter', passes('environment')],
  ...['Environment', 'Context', 'StrictUndefined', 'Undefined', 'nodes'].map((name) => [name, ANYTHING] as const),
]);

/** Cookiecutter's decorator: an extension whose only filter is the function. */
const SIMPLE_FILTER = callable(({ positional: [made = null] }) => {
  const given = made instanceof JinjaObject ? made.parts.get?.('__name__') : undefined;
  const name = typeof given === 'string' ? given : raise('AttributeError', "it has no attribute '__name__'");
  const init = new PythonFunction('__init__', ({ positional: [, environment] }) => {
    const filters = environment instanceof PythonInstance ? environment.attributes.get('filters') : undefined;
    if (filters instanceof Map) filters.set(name, made);
    return null;
  });
  return new PythonClass(name, [EXTENSION], new Map([['__init__', init]]));
});

/** That of python-slugify. */
function slugifyFunction(run: Machine): JinjaObject {
  return callable(({ positional: [text = '', ...positional], named }) =>
    PYTHON_SLUGIFY[1].apply(text, [], run.runtime, { positional, named }),
  );
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

function formOf(form: JinjaValue | undefined): (typeof FORMS)[number] {
  return FORMS.find((known) => known === form) ?? raise('ValueError', 'invalid normalization form');
}

const LETTERS: readonly (readonly [string, string])[] = [
  ['ascii_lowercase', 'abcdefghijklmnopqrstuvwxyz'],
  ['ascii_uppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['ascii_letters', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['digits', '0123456789'],
  ['punctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
];

/** `string.Template`. */
function templateClass(run: Machine): PythonClass {
  const type: PythonClass = new PythonClass('Template', [], new Map(), ({ positional: [text] }) => {
    const template = textArgument(text, 'template');
    const method = (isSafe: boolean) => callable((args) => fillTemplate(template, args, isSafe, run));
    return new PythonInstance(
      type,
      new Map([
        ['substitute', method(false)],
        ['safe_substitute', method(true)],
      ]),
    );
  });
  return type;
}

function fillTemplate(template: string, { positional: [given], named }: CallArguments, isSafe: boolean, run: Machine): string {
  const find = (name: string): JinjaValue | undefined =>
    named.has(name) || given === undefined || !isDict(given) ? named.get(name) : given.get(name);
  const { budget } = run.runtime;
  budget.spendSteps(template.length >> 4);
  return template.replace(/\$(?:\$|\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (whole, braced?: string, bare?: string) => {
    budget.step();
    const name = braced ?? bare;
    const value = name === undefined ? '$' : find(name);
    if (value !== undefined) return allocated(toText(value, budget), budget);
    return isSafe ? whole : raise('KeyError', `'${name}'`);
  });
}

function allocated(text: string, budget: Budget): string {
  budget.allocate(text.length);
  return text;
}

/** A machine on which no program is found. */
const PROGRAMS: Members = new Map<string, JinjaValue>([
  ['run', callable(({ named }) => (truth(named.get('check') ?? false) ? notFound() : NOT_RUN))],
  ['getoutput', callable(() => '')],
  ['check_output', callable(notFound)],
  ['check_call', callable(notFound)],
  ...['PIPE', 'DEVNULL', 'STDOUT'].map((name, at) => [name, -1 - at] as const),
  ...['CalledProcessError', 'TimeoutExpired', 'SubprocessError'].map((name) => [name, EXCEPTIONS.get(name) ?? null] as const),
]);

function notFound(): never {
  return raise('CalledProcessError', 'no program is found');
}

const RESULT = new Map<string, JinjaValue>([
  ['returncode', 127],
  ['stdout', ''],
  ['stderr', ''],
]);

const NOT_RUN = new JinjaObject('CompletedProcess', { get: (name) => RESULT.get(name) });
