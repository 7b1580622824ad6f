import { textArgument } from '../jinja/arguments.ts';
import type { Budget } from '../jinja/budget.ts';
import { datetimeValue } from '../jinja/extensions/datetime-value.ts';
import { instantOf, toCalendar } from '../jinja/extensions/instant.ts';
import { copyValue } from '../jinja/plain-values.ts';
import { toText } from '../jinja/python-repr.ts';
import { type CallArguments, isDict, JinjaObject, JinjaTuple, type JinjaValue, orElse, truth } from '../jinja/values.ts';
import type { Value } from '../pack/values.ts';
import { wholeText } from './access.ts';
import { jsonModule, yamlModule } from './data-modules.ts';
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
const QUIET =
  /^(?:__future__|typing|typing_extensions|collections\.abc|types|abc|jinja2(?:\.(?:environment|parser|nodes|runtime))?|warnings|logging|copier\.\w+)$/;

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
  ['jinja2.ext', () => new Map([['Extension', EXTENSION]])],
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

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

function formOf(form: JinjaValue | undefined): (typeof FORMS)[number] {
  return FORMS.find((known) => known === form) ?? raise('ValueError', 'invalid normalization form');
}

function datetimeModule({ now }: ModuleFacts): Members {
  const time = () => datetimeValue(toCalendar(instantOf(now), 0, 'UTC'));
  const type = (name: string, makers: readonly string[]) =>
    new PythonClass(name, [], new Map(makers.map((maker) => [maker, callable(time)])));
  const zone = new JinjaObject('timezone', { print: () => 'UTC' });
  return new Map<string, JinjaValue>([
    ['datetime', type('datetime', ['now', 'today', 'utcnow'])],
    ['date', type('date', ['today'])],
    ['timezone', new JinjaObject('type', { get: (name) => (name === 'utc' ? zone : undefined) })],
    ['UTC', zone],
  ]);
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
