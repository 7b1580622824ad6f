import { TemplateFault } from '../jinja/fault.ts';
import { BUILTIN_TESTS } from '../jinja/tests.ts';
import { type CallArguments, isList, JinjaObject, JinjaTuple, type JinjaValue, orElse, type Runtime } from '../jinja/values.ts';
import { callPython } from './access.ts';
import { makeBuiltins } from './builtins.ts';
import type { Caller, Machine, ModuleFacts, Outcome } from './machine.ts';
import { findModule, missingMember } from './modules.ts';
import type { PythonExpression, Statement } from './nodes.ts';
import { parsePython } from './parse-python.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { evaluate } from './run-expression.ts';
import { runBlock } from './run-statement.ts';
import { Scope } from './scope.ts';
import { TEMPLATE_ROOT } from './text-file.ts';
import type { PythonClass } from './values.ts';

/** What a module of Python is run with: its names, and what it takes instead of a machine. */
export class PythonRun implements Machine {
  runtime: Runtime;
  caller: Caller;
  /** The file that is run, and its line. */
  file = '';
  line = 1;
  /** The exception that is being handled. */
  handled: unknown;
  guards = 0;
  readonly builtins: ReadonlyMap<string, JinjaValue>;
  /** The function that runs: the scope that it stands in, and its first argument. */
  frame: Machine['frame'];
  /** The class whose body a scope is. */
  readonly classOf = new WeakMap<Scope, PythonClass>();
  private readonly facts: ModuleFacts;
  private readonly found = new Map<string, JinjaValue>();
  private readonly own = new Map<string, OwnModule>();
  /** The folders that modules of the template were read from, with those around them. */
  private readonly folders = new Set<string>();

  constructor(facts: ModuleFacts, caller: Caller) {
    this.facts = facts;
    this.caller = caller;
    this.runtime = makeRuntime(caller);
    this.builtins = makeBuiltins(this, facts);
  }

  /** A module by its name; one that is nowhere fails where it is used, or at once where that is expected. */
  modules(name: string): JinjaValue {
    return this.find(name) ?? this.missing(name);
  }

  /** `import a.b`: gives `a`, of which `b` is a member. */
  outermost(name: string): JinjaValue {
    const [first = ''] = name.split('.');
    if (first === name) return this.modules(name);
    if (this.find(name) === undefined) return this.missing(name, first);
    return this.find(first) ?? this.moduleAt(first) ?? this.missing(name, first);
  }

  /** `from module import name`. */
  member(module: string, name: string): JinjaValue {
    const found = this.modules(module);
    const member = found instanceof JinjaObject ? found.parts.get?.(name) : undefined;
    return orElse(member, () => raise('ImportError', `cannot import name '${name}' from '${module}'`));
  }

  /** `from module import *`. */
  names(module: string): readonly string[] {
    const found = this.modules(module);
    const names = found instanceof JinjaObject ? found.parts.names?.() : undefined;
    return names === undefined ? refuseStar(module) : [...names];
  }

  evaluate(node: PythonExpression, scope: Scope): JinjaValue {
    return evaluate(node, scope, this);
  }

  runBlock(body: readonly Statement[], scope: Scope): Outcome {
    return runBlock(body, scope, this);
  }

  call(callee: JinjaValue, args: CallArguments): JinjaValue {
    return callPython(callee, args, this);
  }

  /** The names of a module that stands in the template, which is run once. */
  load(file: string): ReadonlyMap<string, JinjaValue> {
    const known = this.own.get(file);
    if (known !== undefined) return known.names;
    const source = this.facts.readFile(file);
    if (source === undefined) throw new PythonRefusal('the file is not there');
    const names = new Map<string, JinjaValue>();
    const made = new JinjaObject('module', {
      // A package has its modules as members.
      get: (name) => orNone(names.get(name), () => (isPackage(file) ? this.moduleAt(`${folderOf(file)}/${name}`) : undefined)),
      names: () => exported(names),
    });
    // One that imports itself, on whatever way, finds what it has so far.
    this.own.set(file, { names, made });
    this.noteFolders(file);
    const before = { file: this.file, line: this.line, guards: this.guards };
    try {
      this.guards = 0;
      runModule(file, source, this, names);
    } catch (error) {
      this.own.delete(file);
      throw error;
    }
    Object.assign(this, before);
    return names;
  }

  /** Where a module of the template would stand; one with dots before its name is found from the folder of the file that runs. */
  private pathOf(name: string): string {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    const rest = name.slice(dots).split('.');
    if (dots === 0) return rest.join('/');
    const folders = this.file.split('/').slice(0, -dots);
    if (folders.length === 0) raise('ImportError', 'attempted relative import with no known parent package');
    return [...folders, ...rest].filter((part) => part !== '').join('/');
  }

  private noteFolders(file: string): void {
    this.runtime.budget.spendSteps(file.length);
    for (let folder = folderOf(file); folder !== '' && !this.folders.has(folder); folder = folderOf(folder)) this.folders.add(folder);
  }

  private readModule(path: string): JinjaValue | undefined {
    this.runtime.budget.spendSteps(path.length + LOOK_STEPS);
    const file = [`${path}/__init__.py`, `${path}.py`].find((each) => this.facts.readFile(each) !== undefined);
    if (file === undefined) return undefined;
    this.load(file);
    return this.own.get(file)?.made;
  }

  private find(name: string): JinjaValue | undefined {
    this.runtime.budget.spendSteps(name.length);
    const path = this.pathOf(name);
    const known = this.found.get(path) ?? (name.startsWith('.') ? undefined : findModule(name, this, this.facts));
    if (known === undefined) return this.readModule(path);
    this.found.set(path, known);
    return known;
  }

  /** A module of the template, or a folder without code of its own of which some were read. */
  private moduleAt(path: string): JinjaValue | undefined {
    const module = this.readModule(path);
    if (module !== undefined || !this.folders.has(path)) return module;
    return new JinjaObject('module', { get: (name) => this.moduleAt(`${path}/${name}`) });
  }

  private missing(name: string, as = name): JinjaValue {
    return this.guards > 0 ? raise('ModuleNotFoundError', `No module named '${name}'`) : missingMember(as);
  }

  /** Goes on with the budget of a render, and for it. */
  adopt(caller: Caller): void {
    this.caller = caller;
    this.runtime = makeRuntime(caller);
  }

  /** Runs something with the budget of a render. What fails says in which line of which file. */
  within<T>(file: string, caller: Caller, action: () => T): T {
    const { budget } = caller;
    const depth = budget.currentDepth();
    // A template may be rendered, and run something itself, before a function is done.
    const { file: around, line, frame, handled, guards } = this;
    this.adopt(caller);
    this.file = file;
    this.frame = undefined;
    this.handled = undefined;
    this.guards = 0;
    try {
      return action();
    } catch (error) {
      throw this.located(error);
    } finally {
      budget.restoreDepth(depth);
      Object.assign(this, { file: around, line, frame, handled, guards });
    }
  }

  /** The error for people; running out of the host's stack is a limit too. */
  private located(error: unknown): unknown {
    if (error instanceof LocatedFault) return error;
    const fault =
      error instanceof RangeError ? new TemplateFault('LIMIT_EXCEEDED', 'it went over the limit of the stack, or of a text') : error;
    if (!(fault instanceof TemplateFault)) return error;
    const isLimit = fault.code === 'LIMIT_EXCEEDED';
    const line = fault instanceof PythonRefusal ? (fault.line ?? this.line) : this.line;
    const message = `${this.file}:${line}: ${fault.message.slice(0, MAX_MESSAGE)}`;
    return new LocatedFault(isLimit ? fault.code : 'TEMPLATE_FAILED', message, fault.hint ?? (isLimit ? undefined : READ_HERE));
  }
}

/** One that says where it was. */
class LocatedFault extends TemplateFault {}

interface OwnModule {
  readonly names: ReadonlyMap<string, JinjaValue>;
  readonly made: JinjaObject;
}

function orNone(found: JinjaValue | undefined, make: () => JinjaValue | undefined): JinjaValue | undefined {
  return found === undefined ? make() : found;
}

function isPackage(file: string): boolean {
  return file.endsWith('/__init__.py');
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

/** What `import *` takes of a module. */
function exported(names: ReadonlyMap<string, JinjaValue>): Iterable<string> {
  const listed = names.get('__all__') ?? null;
  const items = listed instanceof JinjaTuple ? listed.items : isList(listed) ? listed : undefined;
  return items?.filter((item) => typeof item === 'string') ?? [...names.keys()].filter((name) => !name.startsWith('_'));
}

function refuseStar(module: string): never {
  throw new PythonRefusal(`"import *" of ${module} is not read`);
}

const MAX_MESSAGE = 1000;

/** What it takes to look for a file. */
const LOOK_STEPS = 10;

const READ_HERE = 'packsmith reads this Python itself, without a machine: write what it gives as a computed value, or in plainer Python';

function makeRuntime({ budget, hash, render }: Caller): Runtime {
  return {
    budget,
    render,
    filters: new Map(),
    missingFilter: undefined,
    tests: BUILTIN_TESTS,
    hash,
    undefinedBehavior: 'strict',
    isPython: true,
    paths: [],
    autoescape: false,
  };
}

/** Reads and runs a module; gives its names. @throws TemplateFault */
export function runModule(
  file: string,
  source: string,
  run: PythonRun,
  names = new Map<string, JinjaValue>(),
): ReadonlyMap<string, JinjaValue> {
  run.file = file;
  run.runtime.budget.spendSteps(source.length * 2);
  const scope = new Scope(undefined, false, names);
  scope.names.set('__name__', file.replace(/\.py$/, ''));
  scope.names.set('__file__', `${TEMPLATE_ROOT}/${file}`);
  runBlock(parsePython(source), scope, run);
  return names;
}
