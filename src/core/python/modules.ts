import { textArgument } from '../jinja/arguments.ts';
import type { Budget } from '../jinja/budget.ts';
import { PYTHON_SLUGIFY } from '../jinja/extensions/python-slugify.ts';
import { copyValue } from '../jinja/plain-values.ts';
import { toText } from '../jinja/python-repr.ts';
import { type CallArguments, isDict, JinjaObject, JinjaTuple, type JinjaValue, orElse } from '../jinja/values.ts';
import type { Value } from '../pack/values.ts';
import { itemsOf, wholeText } from './access.ts';
import { callable } from './callable.ts';
import { randomModule, secretsModule, uuidModule } from './chance-modules.ts';
import { collectionsModule, itertoolsModule } from './collection-modules.ts';
import { jsonModule, yamlModule } from './data-modules.ts';
import { dataclassModule } from './dataclass-module.ts';
import { enumModule } from './enum-module.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { CONTEXT_HOOK, EXTENSION, PASSING, SIMPLE_FILTER } from './extension-module.ts';
import type { Machine, ModuleFacts } from './machine.ts';
import { pathsModule } from './os-path-module.ts';
import { pathModule } from './path-module.ts';
import { NETWORK, NETWORK_ERRORS, PROGRAMS, REQUESTS, REQUESTS_ERRORS } from './program-modules.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { regexModule } from './regex-module.ts';
import { htmlModule, keywordModule, textwrapModule } from './text-modules.ts';
import { datetimeModule, timeModule } from './time-module.ts';
import { urlModule } from './url-module.ts';
import { PythonClass, PythonFunction, PythonInstance } from './values.ts';

type Members = ReadonlyMap<string, JinjaValue>;

/** A module of Python's library or of Copier that is pure; what runs programs finds none, what reads a machine finds nothing. */
export function findModule(name: string, run: Machine, facts: ModuleFacts): JinjaValue | undefined {
  const make = MODULES.get(name);
  const members = make?.(run, facts) ?? (QUIET.test(name) ? NOTHING : undefined);
  if (members === undefined) return undefined;
  const inner = new Map<string, JinjaValue>();
  const makeMember = (member: string): JinjaValue => {
    const made = findModule(`${name}.${member}`, run, facts);
    if (made === undefined) return QUIET.test(name) ? ANYTHING : missingMember(`${name}.${member}`);
    inner.set(member, made);
    return made;
  };
  return new JinjaObject('module', {
    get: (member) => orElse(members.get(member), () => orElse(inner.get(member), () => makeMember(member))),
    names: () => members.keys(),
    print: () => `<module '${name}'>`,
  });
}

const NOTHING: Members = new Map();

/** Names that only say what is what to readers and checkers of types. */
const QUIET =
  /^(?:__future__|typing|typing_extensions|collections\.abc|types|abc|jinja2(?:\.(?:environment|ext|parser|nodes|runtime|utils))?|warnings|logging|copier\.\w+)$/;

/** Decorators of such modules leave what they decorate as it is. */
const ANYTHING: JinjaObject = new JinjaObject('type', {
  get: () => ANYTHING,
  call: ({ positional: [first] }) => (first instanceof PythonFunction || first instanceof PythonClass ? first : ANYTHING),
});

const MAX_NAME = 60;

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

type MakeModule = (run: Machine, facts: ModuleFacts) => Members;

const MODULES: ReadonlyMap<string, MakeModule> = new Map<string, MakeModule>([
  ['re', (run) => regexModule(run)],
  ['datetime', datetimeModule],
  ['time', timeModule],
  [
    'unicodedata',
    (run) =>
      new Map([['normalize', callable(({ positional: [form, text] }) => normalized(wholeText(text, 'text', run), formOf(form), run))]]),
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
    () =>
      new Map<string, JinjaValue>([
        ['getenv', callable(({ positional: [, fallback = null] }) => fallback)],
        ['environ', new Map()],
        ['sep', '/'],
      ]),
  ],
  ['os.path', pathsModule],
  ['pathlib', pathModule],
  [
    'sys',
    () =>
      new Map<string, JinjaValue>([
        ['path', []],
        ['version_info', new JinjaTuple([3, 13, 0, 'final', 0], ['major', 'minor', 'micro', 'releaselevel', 'serial'])],
        ['platform', 'linux'],
      ]),
  ],
  ['subprocess', () => PROGRAMS],
  ['urllib', () => NOTHING],
  ['urllib.parse', urlModule],
  ['urllib.request', () => NETWORK],
  ['urllib.error', () => NETWORK_ERRORS],
  ['requests', () => REQUESTS],
  ['requests.exceptions', () => REQUESTS_ERRORS],
  ['random', randomModule],
  ['secrets', secretsModule],
  ['uuid', uuidModule],
  ['collections', collectionsModule],
  ['dataclasses', dataclassModule],
  ['enum', enumModule],
  ['itertools', itertoolsModule],
  ['textwrap', textwrapModule],
  ['html', htmlModule],
  ['keyword', keywordModule],
  ['slugify', (run) => new Map([['slugify', callable((args) => slugify(args, run))]])],
  ['typing', () => new Map([['cast', callable(({ positional: [, value = null] }) => value)]])],
  ...['copier', 'copier._types', 'copier.types'].map((name) => [name, () => new Map([['Phase', PHASE]])] as const),
  ['shutil', () => new Map([['which', callable(() => null)]])],
  [
    'functools',
    (run) =>
      new Map<string, JinjaValue>([
        ['total_ordering', IDENTITY],
        ['partial', callable(({ positional: [made = null, ...first], named }) => partial(made, { positional: first, named }, run))],
        ['reduce', callable(({ positional }) => reduce(positional, run))],
        ['lru_cache', IDENTITY],
        ['cache', IDENTITY],
        ['wraps', IDENTITY],
        ['cached_property', PROPERTY],
      ]),
  ],
  ['jinja2', () => PASSING],
  ['jinja2.utils', () => PASSING],
  ['jinja2.ext', () => new Map([...PASSING, ['Extension', EXTENSION]])],
  ['cookiecutter', () => NOTHING],
  ['cookiecutter.utils', () => new Map([['simple_filter', SIMPLE_FILTER]])],
  ['copier.errors', () => EXCEPTIONS],
  ...['copier_templates_extensions', 'copier_template_extensions'].map(
    (name) => [name, () => new Map([['ContextHook', CONTEXT_HOOK]])] as const,
  ),
]);

const PHASES = ['prompt', 'tasks', 'migrate', 'render', 'undefined'];

const PHASE = new JinjaObject('type', { get: (name) => PHASES.find((phase) => phase === name.toLowerCase()) });

const IDENTITY = callable(({ positional: [given] }) => (given instanceof JinjaObject && given.parts.call !== undefined ? given : IDENTITY));

const PROPERTY = callable(({ positional: [made = null] }) => (made instanceof PythonFunction ? made.bindingTo('property') : made));

function partial(made: JinjaValue, first: CallArguments, run: Machine): JinjaValue {
  return callable(({ positional, named }) =>
    run.call(made, { positional: [...first.positional, ...positional], named: new Map([...first.named, ...named]) }),
  );
}

function reduce([made = null, list = [], initial]: readonly JinjaValue[], run: Machine): JinjaValue {
  const items = itemsOf(list, run);
  const [first, ...rest] = initial === undefined ? items : [initial, ...items];
  if (first === undefined) return raise('TypeError', 'reduce() of empty iterable with no initial value');
  return rest.reduce((sum, item) => run.call(made, { positional: [sum, item], named: new Map() }), first);
}

const FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

function normalized(text: string, form: (typeof FORMS)[number], { runtime: { budget } }: Machine): string {
  budget.spendSteps(text.length >> 2);
  return allocated(text.normalize(form), budget);
}

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

/** python-slugify, which cookiecutter brings. */
function slugify({ positional: [text = null, ...positional], named }: CallArguments, run: Machine): JinjaValue {
  return PYTHON_SLUGIFY[1].apply(text, [], run.runtime, { positional, named });
}
