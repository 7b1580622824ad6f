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
}

/** How a block ends before its last statement. */
export type Outcome = undefined | 'break' | 'continue' | { readonly value: JinjaValue };

/** What a module of Python is run with. */
export interface Machine {
  readonly runtime: Runtime;
  /** The file that is run, and its line. */
  file: string;
  line: number;
  /** The exception that is being handled. */
  handled: unknown;
  /** Whether code that runs says what to do without a module. */
  mayLack: boolean;
  /** The function that runs: the scope that it stands in, and its first argument. */
  frame: { readonly scope: Scope; readonly first: JinjaValue | undefined } | undefined;
  readonly builtins: ReadonlyMap<string, JinjaValue>;
  /** The class whose body a scope is. */
  readonly classOf: WeakMap<Scope, PythonClass>;
  /** A module by its name. */
  modules(name: string): JinjaValue;
  /** `from module import name`. */
  member(module: string, name: string): JinjaValue;
  /** What `from module import *` gives: each name, as itself. */
  givenNames(module: string): readonly (readonly [string, string])[];
  evaluate(node: PythonExpression, scope: Scope): JinjaValue;
  runBlock(body: readonly Statement[], scope: Scope): Outcome;
  call(callee: JinjaValue, args: CallArguments): JinjaValue;
}
