import type { CallArguments, JinjaValue, Runtime } from '../jinja/values.ts';
import type { PythonExpression, Statement } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { PythonClass } from './values.ts';

/** What modules take instead of a machine. */
export interface ModuleFacts {
  /** The recorded instant, ISO 8601 in UTC. */
  readonly now: string;
  /** A text file of the template. */
  readonly readFile: (path: string) => string | undefined;
  /** The folder of the template that things are run in, where that is one. */
  readonly folder?: string | undefined;
  /** A whole number below another one: what stands in for chance. */
  readonly choose: (below: bigint, caller: Caller) => bigint;
}

/** What runs a module or a function of it: a render, or what reads the module. */
export type Caller = Pick<Runtime, 'budget'> & Partial<Pick<Runtime, 'hash' | 'render'>>;

/** How a block ends before its last statement. */
export type Outcome = undefined | 'break' | 'continue' | { readonly value: JinjaValue };

/** What a module of Python is run with. */
export interface Machine {
  readonly runtime: Runtime;
  readonly caller: Caller;
  /** The file that is run, and its line. */
  file: string;
  line: number;
  /** The exception that is being handled. */
  handled: unknown;
  /** How many `try` are around what runs: there a module that is missing is an exception. */
  guards: number;
  /** The function that runs: the scope that it stands in, and its first argument. */
  frame: { readonly scope: Scope; readonly first: JinjaValue | undefined } | undefined;
  readonly builtins: ReadonlyMap<string, JinjaValue>;
  /** The class whose body a scope is. */
  readonly classOf: WeakMap<Scope, PythonClass>;
  /** A module by its name. */
  modules(name: string): JinjaValue;
  /** `import a.b`: gives `a`, of which `b` is a member. */
  outermost(name: string): JinjaValue;
  /** `from module import name`. */
  member(module: string, name: string): JinjaValue;
  /** `from module import *`. */
  names(module: string): readonly string[];
  evaluate(node: PythonExpression, scope: Scope): JinjaValue;
  runBlock(body: readonly Statement[], scope: Scope): Outcome;
  call(callee: JinjaValue, args: CallArguments): JinjaValue;
}
