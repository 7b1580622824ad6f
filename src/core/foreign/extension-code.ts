import type { Diagnostic, SourcePosition } from '../diagnostics/diagnostic.ts';
import { type Budget, createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { remarkOnExtensions, standInFor } from '../jinja/extensions/extension-set.ts';
import { TemplateFault } from '../jinja/fault.ts';
import { copyValue } from '../jinja/plain-values.ts';
import {
  type CallArguments,
  isDict,
  type JinjaFilter,
  JinjaObject,
  type JinjaTest,
  type JinjaValue,
  type Runtime,
  truth,
} from '../jinja/values.ts';
import { EXTENSION, PASSED } from '../python/modules.ts';
import { PythonRefusal } from '../python/python-fault.ts';
import { PythonRun, runModule } from '../python/python-run.ts';
import { PythonClass, PythonInstance } from '../python/values.ts';

/** Reads a text file of the template. */
export type ReadFile = (path: string) => string | undefined;

/** What the template's own extensions bring. */
export interface ExtensionCode {
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly tests: ReadonlyMap<string, JinjaTest>;
  /** A function sees the template that calls it. */
  readonly globals: ReadonlyMap<string, (runtime: Runtime) => JinjaValue>;
  readonly extensions: readonly LoadedExtension[];
  /** Every name that stands in the code. */
  readonly words: ReadonlySet<string>;
}

/** The names that extensions give to a template that is rendered. */
export function globalsFor({ globals }: ExtensionCode, runtime: Runtime): ReadonlyMap<string, JinjaValue> {
  return new Map([...globals].map(([name, make]) => [name, make(runtime)]));
}

/** An extension, made; it runs in its own module. */
export interface LoadedExtension {
  readonly file: string;
  readonly instance: PythonInstance;
  readonly run: PythonRun;
}

/** Where an extension stands in the template itself. */
export interface ExtensionPlace {
  readonly file: string;
  /** The class. */
  readonly type: string;
}

/** The extensions that a template names: those that stand in it and are read, all others, and what is to be said of both. */
export interface SortedExtensions {
  readonly own: readonly string[];
  readonly others: readonly string[];
  /** Why the first of those that stand in the template and are not read is not. */
  readonly problem: string | undefined;
  /** Of those that are Python code which is not read. */
  readonly remarks: readonly { readonly message: string; readonly suggestion: string }[];
  readonly programs: readonly Diagnostic[];
}

/** Sorts the extensions that a template names, which are found in it by `placeOf`. */
export function sortExtensions(
  names: readonly string[],
  placeOf: (name: string) => ExtensionPlace | undefined,
  readFile: ReadFile,
): SortedExtensions {
  const budget = createBudget(DEFAULT_LIMITS);
  const judged = names.map((name) => [name, problemOf(placeOf(name), readFile, budget)] as const);
  const own = judged.filter(([, problem]) => problem === undefined).map(([name]) => name);
  const unread = judged.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem ?? undefined] as const]));
  const places = own.flatMap((name) => placeOf(name) ?? []);
  return {
    own,
    others: standInFor(unread.map(([name]) => name)),
    remarks: remarkOnExtensions(unread),
    problem: unread.map(([, problem]) => problem).find((problem) => problem !== undefined),
    programs: findPrograms(places, readFile).map(remarkOnPrograms),
  };
}

function remarkOnPrograms(where: SourcePosition): Diagnostic {
  const message = 'the extension looks for programs, of which none is found here: what it gives for want of them is given';
  const suggestion = 'answer the questions whose defaults come from a program, such as a name that git knows';
  return { code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where, suggestion };
}

/** The files that extensions of a template consist of. */
export function codeFiles(places: readonly ExtensionPlace[], readFile: ReadFile): ReadonlySet<string> {
  const found = new Set<string>();
  const record = (path: string): string | undefined => {
    const text = readFile(path);
    if (text !== undefined) found.add(path);
    return text;
  };
  loadCode(places, { now: SOME_TIME, readFile: record });
  return found;
}

/** Where the code of extensions looks for programs, of which none is found. */
function findPrograms(places: readonly ExtensionPlace[], readFile: ReadFile): SourcePosition[] {
  if (places.length === 0) return [];
  return [...codeFiles(places, readFile)].flatMap((file) => {
    const text = readFile(file) ?? '';
    const at = /^[ \t]*(?:import|from)[ \t]+subprocess\b/m.exec(text);
    return at === null || !file.endsWith('.py') ? [] : [{ file, line: text.slice(0, at.index).split('\n').length, column: 1 }];
  });
}

/** Why an extension of the template cannot be read; `undefined` where it can, `null` for one that does not stand in the template. */
export function problemOf(place: ExtensionPlace | undefined, readFile: ReadFile, budget: Budget): string | undefined | null {
  if (place === undefined) return null;
  try {
    loadCode([place], { now: SOME_TIME, readFile }, budget);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateFault) return error.message;
    throw error;
  }
}

const SOME_TIME = '1970-01-01T00:00:00Z';

interface Facts {
  readonly now: string;
  readonly readFile: ReadFile;
}

/** Reads the extensions of a template that stand in it; all share a budget. @throws TemplateFault for one that is not read, with its file and line */
export function loadCode(places: readonly ExtensionPlace[], given: Facts, budget = createBudget(DEFAULT_LIMITS)): ExtensionCode {
  const filters = new Map<string, JinjaFilter>();
  const tests = new Map<string, JinjaTest>();
  const globals = new Map<string, (runtime: Runtime) => JinjaValue>();
  const extensions: LoadedExtension[] = [];
  const words = new Set<string>();
  const modules = new Map<string, { readonly run: PythonRun; readonly names: ReadonlyMap<string, JinjaValue> }>();
  const read = new Map<string, string | undefined>();
  const readOnce: ReadFile = (path) => {
    if (read.has(path)) return read.get(path);
    const text = given.readFile(path);
    read.set(path, text);
    if (path.endsWith('.py')) for (const [word] of text?.matchAll(/[\p{L}\p{N}_]+/gu) ?? []) words.add(word);
    return text;
  };
  for (const { file, type } of places) {
    const { run, names } = modules.get(file) ?? runFile(file, { now: given.now, readFile: readOnce }, budget);
    modules.set(file, { run, names });
    const environment = new PythonInstance(ENVIRONMENT, new Map(['filters', 'tests', 'globals'].map((part) => [part, new Map()])));
    const instance = run.within(file, budget, () => makeExtension(type, names, environment));
    extensions.push({ file, instance, run });
    const own = (part: string): [string, JinjaValue][] =>
      entriesOf(environment.attributes.get(part) ?? null, `${file}: environment.${part}`);
    const made = { file, run, environment };
    for (const [name, value] of own('filters')) filters.set(name, toFilter(value, made));
    for (const [name, value] of own('tests')) tests.set(name, toTest(value, made));
    for (const [name, value] of own('globals')) globals.set(name, toGlobal(value, made));
  }
  return { filters, tests, globals, extensions, words };
}

function entriesOf(value: JinjaValue, name: string): [string, JinjaValue][] {
  const entries = isDict(value) ? [...value] : [];
  const isNamed = isDict(value) && entries.every(([key]) => typeof key === 'string');
  if (!isNamed) throw new PythonRefusal(`${name} is no dict of names`);
  return entries as [string, JinjaValue][];
}

function runFile(file: string, facts: Facts, budget: Budget): { readonly run: PythonRun; readonly names: ReadonlyMap<string, JinjaValue> } {
  const run = new PythonRun(facts, budget);
  const names = run.within(file, budget, () => {
    const source = facts.readFile(file);
    if (source === undefined) throw new PythonRefusal('the file is not there');
    return runModule(file, source, run);
  });
  return { run, names };
}

const ENVIRONMENT = new PythonClass('Environment', [], new Map());

function makeExtension(type: string, names: ReadonlyMap<string, JinjaValue>, environment: PythonInstance): PythonInstance {
  const made = names.get(type);
  if (!(made instanceof PythonClass) || !made.lineage().includes(EXTENSION)) throw new PythonRefusal(`it has no extension named ${type}`);
  const own = ['parse', 'preprocess', 'filter_stream'].find((name) => made.find(name) !== undefined);
  if (own !== undefined) throw new PythonRefusal(`the extension ${type} changes how templates are read (${own})`);
  const instance = made.parts.call?.({ positional: [environment], named: new Map() });
  if (!(instance instanceof PythonInstance)) throw new PythonRefusal(`${type} makes no extension`);
  return instance;
}

interface Made {
  readonly file: string;
  readonly run: PythonRun;
  readonly environment: PythonInstance;
}

/** Calls a function of an extension. One that asks for it gets the context of the template, or the environment, before everything else. */
function call(callee: JinjaValue, args: CallArguments, { file, run, environment }: Made, { budget, context }: Runtime): JinjaValue {
  return run.within(file, budget, () => {
    if (!(callee instanceof JinjaObject) || callee.parts.call === undefined) throw new PythonRefusal('it is no function');
    const passed = callee.parts.get?.(PASSED);
    if (passed === undefined) return callee.parts.call(args);
    const first =
      passed === 'context' ? new Map([...(context ?? [])].map(([name, value]) => [name, copyValue(value, budget)])) : environment;
    return callee.parts.call({ ...args, positional: [first, ...args.positional] });
  });
}

function toFilter(value: JinjaValue, made: Made): JinjaFilter {
  return {
    parameters: [],
    variadic: true,
    apply: (input, _args, runtime, { positional, named }) => call(value, { positional: [input, ...positional], named }, made, runtime),
  };
}

function toTest(value: JinjaValue, made: Made): JinjaTest {
  return {
    parameters: [],
    variadic: true,
    matches: (input, args, runtime) =>
      truth(call(value, { positional: [input, ...args.filter((each) => each !== undefined)], named: new Map() }, made, runtime)),
  };
}

function toGlobal(value: JinjaValue, made: Made): (runtime: Runtime) => JinjaValue {
  if (!(value instanceof JinjaObject) || value.parts.call === undefined) return () => value;
  return (runtime) => new JinjaObject('function', { call: (args) => call(value, args, made, runtime) });
}
