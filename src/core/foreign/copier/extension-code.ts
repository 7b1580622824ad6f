import type { SourcePosition } from '../../diagnostics/diagnostic.ts';
import { type Budget, createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import type { ChangeContext } from '../../jinja/environment.ts';
import { TemplateFault } from '../../jinja/fault.ts';
import { copyValue } from '../../jinja/plain-values.ts';
import { isDict, isList, type JinjaFilter, JinjaObject, type JinjaTest, type JinjaValue, truth } from '../../jinja/values.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import { CONTEXT_HOOK, EXTENSION } from '../../python/modules.ts';
import { PythonRefusal } from '../../python/python-fault.ts';
import { PythonRun, runModule } from '../../python/python-run.ts';
import { callMember, PythonClass, PythonInstance } from '../../python/values.ts';

/** Reads a text file of the template. */
export type ReadFile = (path: string) => string | undefined;

/** What the template's own extensions bring. */
export interface ExtensionCode {
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  readonly tests: ReadonlyMap<string, JinjaTest>;
  readonly globals: ReadonlyMap<string, JinjaValue>;
  readonly changeContext: ChangeContext | undefined;
}

/** The file and the class of an extension that stands in the template itself; `undefined` for another. */
function placeOf(name: string): readonly [file: string, type: string] | undefined {
  const [, file, type] = /^(?:\.\/)?([^:]+\.py):(\w+)$/.exec(name) ?? [];
  return file === undefined || type === undefined ? undefined : [file, type];
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

/** Where the code of extensions looks for programs, of which none is found. */
export function findPrograms(names: readonly string[], readFile: ReadFile): SourcePosition[] {
  if (names.length === 0) return [];
  return [...codeFiles(names, readFile)].flatMap((file) => {
    const text = readFile(file) ?? '';
    const at = /^[ \t]*(?:import|from)[ \t]+subprocess\b/m.exec(text);
    return at === null || !file.endsWith('.py') ? [] : [{ file, line: text.slice(0, at.index).split('\n').length, column: 1 }];
  });
}

/** Whether an extension stands in the template itself. */
export function isOwnExtension(name: string): boolean {
  return placeOf(name) !== undefined;
}

/** Why an extension of the template cannot be read; `undefined` where it can, `null` for one that does not stand in the template. */
export function problemOf(name: string, readFile: ReadFile, budget: Budget): string | undefined | null {
  if (placeOf(name) === undefined) return null;
  try {
    loadCode([name], { now: SOME_TIME, readFile }, budget);
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

interface Hook {
  readonly file: string;
  readonly instance: PythonInstance;
  readonly run: PythonRun;
}

/** Reads the extensions of a template that stand in it; all share a budget. @throws TemplateFault for one that is not read, with its file and line */
export function loadCode(names: readonly string[], given: Facts, budget = createBudget(DEFAULT_LIMITS)): ExtensionCode {
  const filters = new Map<string, JinjaFilter>();
  const tests = new Map<string, JinjaTest>();
  const globals = new Map<string, JinjaValue>();
  const hooks: Hook[] = [];
  const words = new Set<string>();
  const read = new Map<string, string | undefined>();
  const readOnce: ReadFile = (path) => {
    if (read.has(path)) return read.get(path);
    const text = given.readFile(path);
    read.set(path, text);
    if (path.endsWith('.py')) for (const [word] of text?.matchAll(/[\p{L}\p{N}_]+/gu) ?? []) words.add(word);
    return text;
  };
  const facts: Facts = { now: given.now, readFile: readOnce };
  for (const [file, type] of names.flatMap((name) => [placeOf(name)].filter((place) => place !== undefined))) {
    const run = new PythonRun(facts, budget);
    const environment = new PythonInstance(ENVIRONMENT, new Map(['filters', 'tests', 'globals'].map((part) => [part, new Map()])));
    const instance = run.within(file, budget, () => makeExtension(file, type, environment, { run, facts }));
    if (instance.type.lineage().includes(CONTEXT_HOOK)) hooks.push({ file, instance, run });
    const own = (part: string): [string, JinjaValue][] =>
      entriesOf(environment.attributes.get(part) ?? null, `${file}: environment.${part}`);
    for (const [name, value] of own('filters')) filters.set(name, toFilter(value, file, run));
    for (const [name, value] of own('tests')) tests.set(name, toTest(value, file, run));
    for (const [name, value] of own('globals')) globals.set(name, toGlobal(value, file, run));
  }
  return { filters, tests, globals, changeContext: hooks.length === 0 ? undefined : changeBy(hooks, words) };
}

function entriesOf(value: JinjaValue, name: string): [string, JinjaValue][] {
  const entries = isDict(value) ? [...value] : [];
  const isNamed = isDict(value) && entries.every(([key]) => typeof key === 'string');
  if (!isNamed) throw new PythonRefusal(`${name} is no dict of names`);
  return entries as [string, JinjaValue][];
}

const ENVIRONMENT = new PythonClass('Environment', [], new Map());

function makeExtension(
  file: string,
  type: string,
  environment: PythonInstance,
  { run, facts }: { readonly run: PythonRun; readonly facts: Facts },
): PythonInstance {
  const source = facts.readFile(file);
  if (source === undefined) throw new PythonRefusal('the file is not there');
  const made = runModule(file, source, run).get(type);
  if (!(made instanceof PythonClass) || !made.lineage().includes(EXTENSION)) throw new PythonRefusal(`it has no extension named ${type}`);
  const own = ['parse', 'preprocess', 'filter_stream'].find((name) => made.find(name) !== undefined);
  if (own !== undefined) throw new PythonRefusal(`the extension ${type} changes how templates are read (${own})`);
  const instance = made.parts.call?.({ positional: [environment], named: new Map() });
  if (!(instance instanceof PythonInstance)) throw new PythonRefusal(`${type} makes no extension`);
  return instance;
}

function call(callee: JinjaValue, positional: readonly JinjaValue[], named: ReadonlyMap<string, JinjaValue> = new Map()): JinjaValue {
  if (!(callee instanceof JinjaObject) || callee.parts.call === undefined) throw new PythonRefusal('it is no function');
  return callee.parts.call({ positional, named });
}

function toFilter(value: JinjaValue, file: string, run: PythonRun): JinjaFilter {
  return {
    parameters: [],
    variadic: true,
    apply: (input, _args, { budget }, { positional, named }) => run.within(file, budget, () => call(value, [input, ...positional], named)),
  };
}

function toTest(value: JinjaValue, file: string, run: PythonRun): JinjaTest {
  return {
    parameters: [],
    variadic: true,
    matches: (input, args, { budget }) =>
      truth(run.within(file, budget, () => call(value, [input, ...args.filter((each) => each !== undefined)]))),
  };
}

/** A function keeps the budget of the render that calls it: the last one. */
function toGlobal(value: JinjaValue, file: string, run: PythonRun): JinjaValue {
  if (!(value instanceof JinjaObject) || value.parts.call === undefined) return value;
  return new JinjaObject('function', {
    call: ({ positional, named }) => run.within(file, run.runtime.budget, () => call(value, positional, named)),
  });
}

/** What hooks make of a context: run once for each state of it, when a template asks for a name that they may have changed. */
function changeBy(hooks: readonly Hook[], words: ReadonlySet<string>): ChangeContext {
  const known = new WeakMap<ValueMap, { readonly state: string; readonly changed: ReadonlyMap<string, JinjaValue> }>();
  return (context, budget) => (name) => {
    // What the code never names it leaves as it is.
    if (context.has(name) && !words.has(name)) return undefined;
    const state = stateOf(context);
    const before = known.get(context);
    if (before?.state === state) return before.changed.get(name);
    const changed = runHooks(hooks, context, budget);
    known.set(context, { state, changed });
    return changed.get(name);
  };
}

/** A context grows while questions are answered, and so does its record of the answers. */
function stateOf(context: ValueMap): string {
  const record = context.get('_copier_answers');
  return `${context.size} ${record instanceof Map ? record.size : 0}`;
}

/** The names that hooks changed or added, and what they are now. */
function runHooks(hooks: readonly Hook[], context: ValueMap, budget: Budget): ReadonlyMap<string, JinjaValue> {
  const own = new Map<JinjaValue, JinjaValue>([...context].map(([name, value]) => [name, copyValue(value, budget)]));
  const before = new Map(own);
  for (const hook of hooks) runHook(hook, own, context, budget);
  const changed = new Map<string, JinjaValue>();
  for (const [name, value] of own) {
    if (typeof name !== 'string' || (before.get(name) === value && !mayBeOther(name, value))) continue;
    // A context that has itself in it is seen as it is in the end.
    changed.set(name, value === own ? new Map([...own].filter(([key]) => own.get(key) !== own)) : value);
  }
  return changed;
}

/** A list or a dict may be changed in its place. What Copier itself puts there is not. */
function mayBeOther(name: string, value: JinjaValue): boolean {
  return (isDict(value) || isList(value)) && !name.startsWith('_copier');
}

function runHook({ file, instance, run }: Hook, own: Map<JinjaValue, JinjaValue>, context: ValueMap, budget: Budget): void {
  try {
    const result = run.within(file, budget, () => callMember(instance, 'hook', [own]));
    if (result === undefined || !isDict(result) || instance.type.find('update') === false) return;
    for (const [name, value] of [...result]) own.set(name, value);
  } catch (error) {
    // Before everything is answered a hook may find nothing yet; in files what fails is an error, as in Copier.
    const phase = context.get('_copier_phase') as Value | undefined;
    if (!(error instanceof TemplateFault) || error.code === 'LIMIT_EXCEEDED' || phase === 'render') throw error;
  }
}
