import type { SourcePosition } from '../../diagnostics/diagnostic.ts';
import { type Budget, createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import type { ChangeContext } from '../../jinja/environment.ts';
import { chooser } from '../../jinja/extensions/random-extension.ts';
import { TemplateFault } from '../../jinja/fault.ts';
import { isDict, type JinjaFilter, JinjaObject, type JinjaTest, type JinjaValue, type Runtime, truth } from '../../jinja/values.ts';
import { isCallable } from '../../python/access.ts';
import { CONTEXT_HOOK, EXTENSION } from '../../python/extension-module.ts';
import type { Caller } from '../../python/machine.ts';
import { PythonRefusal } from '../../python/python-fault.ts';
import { PythonRun } from '../../python/python-run.ts';
import { PythonClass, PythonFunction, PythonInstance } from '../../python/values.ts';
import type { Hash } from '../../tree/digest.ts';
import { type ContextHook, changeBy } from './context-hooks.ts';
import { placeOf } from './own-extensions.ts';
import { type ExtensionOwner, passedArguments } from './passed-arguments.ts';

/** Reads a text file of the template. */
export type ReadFile = (path: string) => string | undefined;

/** What the template's own extensions bring. */
export interface ExtensionCode {
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly tests: ReadonlyMap<string, JinjaTest>;
  /** The names that a render sees: functions run with its budget. */
  readonly globals: (runtime: Runtime) => ReadonlyMap<string, JinjaValue>;
  readonly changeContext: ChangeContext | undefined;
}

/** What extensions take instead of a machine. */
export interface CodeFacts {
  readonly now: string;
  readonly readFile: ReadFile;
  /** The folder of the template that its files are rendered in, where that is one. */
  readonly folder?: string | undefined;
  /** What stands in for chance; without it, every choice is the first. */
  readonly chance?: { readonly seed: string; readonly hash: Hash };
}

/** The files that extensions of a template consist of. */
export function codeFiles(names: readonly string[], readFile: ReadFile): ReadonlySet<string> {
  const found = new Set<string>();
  const record = (path: string): string | undefined => {
    const text = readFile(path);
    if (text !== undefined) found.add(path);
    return text;
  };
  loadCode(names, { now: SOME_TIME, readFile: record });
  return found;
}

/** Where the files of extensions look for programs or for the network, of which nothing is found. */
export function findPrograms(files: Iterable<string>, readFile: ReadFile): SourcePosition[] {
  return [...files].flatMap((file) => {
    const text = readFile(file) ?? '';
    const at = /^[ \t]*(?:import|from)[ \t]+(?:subprocess|urllib\.request)\b/m.exec(text);
    return at === null || !file.endsWith('.py') ? [] : [{ file, line: text.slice(0, at.index).split('\n').length, column: 1 }];
  });
}

/** Tells why an extension of the template cannot be read: `undefined` where it can, `null` for one that does not stand in the template. */
export function judgeCode(readFile: ReadFile, budget: Budget): (name: string) => string | undefined | null {
  const loading = startLoading({ now: SOME_TIME, readFile }, budget);
  return (name) => {
    try {
      return placeOf(name) === undefined ? null : void loading.load(name);
    } catch (error) {
      if (error instanceof TemplateFault) return error.message;
      throw error;
    }
  };
}

const SOME_TIME = '1970-01-01T00:00:00Z';

/** Reads the extensions of a template that stand in it; all share a budget. @throws TemplateFault for one that is not read, with its file and line */
export function loadCode(names: readonly string[], facts: CodeFacts, budget = createBudget(DEFAULT_LIMITS)): ExtensionCode {
  const loading = startLoading(facts, budget);
  for (const name of names) loading.load(name);
  return loading.code();
}

interface Loading {
  /** @throws TemplateFault */
  readonly load: (name: string) => void;
  readonly code: () => ExtensionCode;
}

/** Modules are run once, however many extensions stand in them. */
function startLoading({ now, readFile, folder, chance }: CodeFacts, budget: Budget): Loading {
  const filters = new Map<string, JinjaFilter>();
  const tests = new Map<string, JinjaTest>();
  const globals = new Map<string, (runtime: Runtime) => JinjaValue>();
  const hooks: ContextHook[] = [];
  const words = new Set<string>();
  const read = new Map<string, string | undefined>();
  const readOnce: ReadFile = (path) => {
    if (read.has(path)) return read.get(path);
    const text = readFile(path);
    read.set(path, text);
    if (path.endsWith('.py')) for (const [word] of text?.matchAll(/[\p{L}\p{N}_]+/gu) ?? []) words.add(word);
    return text;
  };
  const choose = chance && chooser<Caller>({ seed: chance.seed, templateOf: ({ render }) => render?.template ?? '' });
  const run = new PythonRun(
    { now, folder, readFile: readOnce, choose: (below, caller) => choose?.('python', below, caller) ?? 0n },
    { budget },
  );
  const load = (name: string): void => {
    const { file, type } = placeOf(name) ?? { file: name, type: name };
    const environment = new PythonInstance(ENVIRONMENT, new Map(PARTS.map((part) => [part, new Map()])));
    const extended = { file, run, environment };
    const instance = run.within(file, { budget, hash: chance?.hash }, () => makeExtension(type, extended));
    const own = (part: string): [string, JinjaValue][] =>
      entriesOf(environment.attributes.get(part) ?? null, `${file}: environment.${part}`);
    const [newFilters, newTests, newGlobals] = PARTS.map(own);
    if (instance.type.lineage.includes(CONTEXT_HOOK)) hooks.push({ file, instance, run });
    for (const [key, value] of newFilters ?? []) filters.set(key, toFilter(value, extended));
    for (const [key, value] of newTests ?? []) tests.set(key, toTest(value, extended));
    for (const [key, value] of newGlobals ?? []) globals.set(key, (runtime) => toGlobal(value, extended, runtime));
  };
  const code = (): ExtensionCode => ({
    filters,
    tests,
    globals: (runtime) => {
      run.adopt(runtime);
      return new Map([...globals].map(([name, make]) => [name, make(runtime)]));
    },
    changeContext: hooks.length === 0 ? undefined : changeBy(hooks, words),
  });
  return { load, code };
}

const PARTS = ['filters', 'tests', 'globals'];

function entriesOf(value: JinjaValue, name: string): [string, JinjaValue][] {
  const entries = isDict(value) ? [...value] : [];
  const isNamed = isDict(value) && entries.every(([key]) => typeof key === 'string');
  if (!isNamed) throw new PythonRefusal(`${name} is no dict of names`);
  return entries as [string, JinjaValue][];
}

/** `environment.extend` makes attributes, which no template sees. */
const ENVIRONMENT = new PythonClass(
  'Environment',
  [],
  new Map([
    [
      'extend',
      new PythonFunction('extend', ({ positional: [self], named }) => {
        if (self instanceof PythonInstance) for (const [name, value] of named) self.attributes.set(name, value);
        return null;
      }),
    ],
  ]),
);

/** What an environment has that says how templates are read. */
const SETTING =
  /^(?:(?:block|variable|comment)_(?:start|end)_string|line_\w+_prefix|\w+_blocks|\w+_newline|newline_\w+|autoescape|undefined|finalize|loader|policies)$/;

function makeExtension(type: string, { file, run, environment }: ExtensionOwner): PythonInstance {
  const made = run.load(file).get(type);
  if (!(made instanceof PythonClass) || !made.lineage.includes(EXTENSION)) throw new PythonRefusal(`it has no extension named ${type}`);
  for (const name of ['parse', 'preprocess', 'filter_stream']) {
    const own = made.find(name);
    if (own !== undefined) throw refused(`the extension ${type} changes how templates are read (${name})`, own);
  }
  const instance = run.call(made, { positional: [environment], named: new Map() });
  if (!(instance instanceof PythonInstance)) throw new PythonRefusal(`${type} makes no extension`);
  const setting = [...environment.attributes.keys()].find((name) => SETTING.test(name));
  if (setting !== undefined) throw refused(`the extension ${type} changes how templates are read (${setting})`, made.find('__init__'));
  return instance;
}

function refused(message: string, member: JinjaValue | undefined): PythonRefusal {
  return new PythonRefusal(message, member instanceof PythonFunction ? member.line : undefined);
}

function toFilter(value: JinjaValue, extended: ExtensionOwner): JinjaFilter {
  const { file, run } = extended;
  return {
    parameters: [],
    variadic: true,
    apply: (input, _args, runtime, { positional, named }) => {
      const all = [...passedArguments(value, runtime, extended), input, ...positional];
      return run.within(file, runtime, () => run.call(value, { positional: all, named }));
    },
  };
}

function toTest(value: JinjaValue, extended: ExtensionOwner): JinjaTest {
  const { file, run } = extended;
  return {
    parameters: [],
    variadic: true,
    matches: (input, args, runtime) => {
      const all = [...passedArguments(value, runtime, extended), input, ...args.filter((each) => each !== undefined)];
      return truth(run.within(file, runtime, () => run.call(value, { positional: all, named: new Map() })));
    },
  };
}

function toGlobal(value: JinjaValue, extended: ExtensionOwner, runtime: Runtime): JinjaValue {
  if (!isCallable(value)) return value;
  const { file, run } = extended;
  return new JinjaObject('function', {
    ...value.parts,
    call: ({ positional, named }) => {
      const all = [...passedArguments(value, runtime, extended), ...positional];
      return run.within(file, runtime, () => run.call(value, { positional: all, named }));
    },
  });
}
