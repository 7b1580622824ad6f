import type { Budget } from '../jinja/budget.ts';
import { TemplateFault } from '../jinja/fault.ts';
import { BUILTIN_TESTS } from '../jinja/tests.ts';
import { type CallArguments, JinjaObject, type JinjaValue, orElse, type Runtime } from '../jinja/values.ts';
import { callPython } from './access.ts';
import { makeBuiltins } from './builtins.ts';
import type { Machine, ModuleFacts, Outcome } from './machine.ts';
import { findModule, missingMember } from './modules.ts';
import type { PythonExpression, Statement } from './nodes.ts';
import { parsePython } from './parse-python.ts';
import { TEMPLATE_ROOT } from './path-module.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { evaluate } from './run-expression.ts';
import { runBlock } from './run-statement.ts';
import { Scope } from './scope.ts';
import type { PythonClass } from './values.ts';

/** What a module of Python is run with: its names, and what it takes instead of a machine. */
export class PythonRun implements Machine {
  runtime: Runtime;
  /** The file that is run, and its line. */
  file = '';
  line = 1;
  /** The exception that is being handled. */
  handled: unknown;
  mayLack = false;
  readonly builtins: ReadonlyMap<string, JinjaValue>;
  /** The function that runs: the scope that it stands in, and its first argument. */
  frame: Machine['frame'];
  /** The class whose body a scope is. */
  readonly classOf = new WeakMap<Scope, PythonClass>();
  private readonly facts: ModuleFacts;
  private readonly found = new Map<string, JinjaValue>();

  constructor(facts: ModuleFacts, budget: Budget) {
    this.facts = facts;
    this.runtime = makeRuntime(budget);
    this.builtins = makeBuiltins(this);
  }

  /** A module by its name. */
  modules(given: string): JinjaValue {
    const name = this.absolute(given);
    const known = this.found.get(name) ?? findModule(name, this, this.facts) ?? this.readModule(name);
    this.found.set(name, known);
    return known;
  }

  /** `from module import name`: what the module has, or a module in its folder. */
  member(module: string, name: string): JinjaValue {
    const found = this.modules(module);
    if (!(found instanceof JinjaObject)) return raise('ImportError', `cannot import name '${name}'`);
    const inner = `${this.absolute(module)}.${name}`;
    return orElse(found.parts.get?.(name), () =>
      this.fileOf(inner) === undefined ? raise('ImportError', `cannot import name '${name}' from '${module}'`) : this.modules(inner),
    );
  }

  givenNames(module: string): readonly (readonly [string, string])[] {
    const found = this.modules(module);
    const names = found instanceof JinjaObject ? found.parts.names?.() : undefined;
    if (names === undefined) throw new PythonRefusal(`what "import *" gives of ${module} is not known`);
    return [...names].filter((name) => !name.startsWith('_')).map((name) => [name, name]);
  }

  /** A name that begins with dots is found from the folder of the file that runs. */
  private absolute(name: string): string {
    const [dots = ''] = /^\.+/.exec(name) ?? [];
    if (dots === '') return name;
    const folder = this.file.split('/').slice(0, -dots.length);
    return [...folder, ...(name === dots ? [] : [name.slice(dots.length)])].join('.');
  }

  /** The file of a module that stands in the template itself. */
  private fileOf(name: string): string | undefined {
    const path = name.replaceAll('.', '/');
    return [`${path}/__init__.py`, `${path}.py`].find((each) => this.facts.readFile(each) !== undefined);
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

  /** A module that stands in the template itself; one that is nowhere fails where it is used. */
  private readModule(name: string): JinjaValue {
    const file = this.fileOf(name);
    if (file === undefined) return this.mayLack ? raise('ModuleNotFoundError', `No module named '${name}'`) : missingMember(name);
    const names = new Map<string, JinjaValue>();
    const made = new JinjaObject('module', { get: (member) => names.get(member), names: () => names.keys() });
    // One that imports itself, on whatever way, finds what it has so far.
    this.found.set(name, made);
    const before = { file: this.file, line: this.line };
    try {
      runModule(file, this.facts.readFile(file) ?? '', this, names);
    } catch (error) {
      this.found.delete(name);
      throw error;
    }
    Object.assign(this, before);
    return made;
  }

  /** Runs something with the budget of a render. What fails says in which line of which file. */
  within<T>(file: string, budget: Budget, action: () => T): T {
    const depth = budget.currentDepth();
    this.runtime = makeRuntime(budget);
    this.file = file;
    this.frame = undefined;
    this.handled = undefined;
    this.mayLack = false;
    try {
      return action();
    } catch (error) {
      throw this.located(error);
    } finally {
      budget.restoreDepth(depth);
    }
  }

  /** The error for people; running out of the host's stack is a limit too. */
  private located(error: unknown): unknown {
    const fault =
      error instanceof RangeError ? new TemplateFault('LIMIT_EXCEEDED', 'it went over the limit of the stack, or of a text') : error;
    if (!(fault instanceof TemplateFault)) return error;
    const isLimit = fault.code === 'LIMIT_EXCEEDED';
    const line = fault instanceof PythonRefusal ? (fault.line ?? this.line) : this.line;
    const message = `${this.file}:${line}: ${fault.message.slice(0, MAX_MESSAGE)}`;
    return new TemplateFault(isLimit ? fault.code : 'TEMPLATE_FAILED', message, fault.hint ?? (isLimit ? undefined : READ_HERE));
  }
}

const MAX_MESSAGE = 1000;

const READ_HERE =
  'packsmith reads this Python itself, without a machine: write what it gives as a value that is computed, or in plainer Python';

function makeRuntime(budget: Budget): Runtime {
  return {
    budget,
    filters: new Map(),
    missingFilter: undefined,
    tests: BUILTIN_TESTS,
    hash: undefined,
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
  run.runtime.budget.spendSteps(source.length >> 2);
  const scope = new Scope(undefined, false, names);
  scope.names.set('__name__', file.replace(/\.py$/, ''));
  scope.names.set('__file__', `${TEMPLATE_ROOT}/${file}`);
  runBlock(parsePython(source), scope, run);
  return names;
}
