import type { Budget } from '../jinja/budget.ts';
import type { NodeOf, RhaiFunctionDefinition, RhaiNode } from './nodes.ts';
import type { Place } from './place.ts';
import type { RhaiScope } from './rhai-scope.ts';
import type { RhaiFunction, RhaiValue } from './values.ts';

/** What a script finds besides the language itself. */
export interface RhaiHost {
  /** `module::name(…)`, and where it stands; `undefined` where there is none. */
  readonly call: (module: string, name: string, args: readonly RhaiValue[], node: RhaiNode) => RhaiValue | undefined;
  /** `module::name`; `undefined` where there is none. */
  readonly member: (module: string, name: string) => RhaiValue | undefined;
  /** A name that the script does not define. */
  readonly variable?: (name: string) => RhaiValue | undefined;
  readonly functions: ReadonlyMap<string, RhaiBuiltin>;
  readonly print: (text: string) => void;
}

/** A script while it runs, as its parts see it. */
export interface RhaiRun {
  readonly budget: Budget;
  readonly host: RhaiHost;
  /** A value that may be one that a name has. */
  evaluate(node: RhaiNode, scope: RhaiScope): RhaiValue;
  /** A value of its own, to be kept. */
  evaluateOwn(node: RhaiNode, scope: RhaiScope): RhaiValue;
  /** Runs the body of a function in a scope of its own. */
  callBody(callee: Pick<RhaiFunctionDefinition, 'parameters' | 'body'>, args: readonly RhaiValue[], scope: RhaiScope): RhaiValue;
  /** Calls a function that a script has as a value, with what `this` is in it. */
  invoke(callee: RhaiFunction, args: readonly RhaiValue[], self?: Place): RhaiValue;
  /** How many parameters a function has besides those that are given. */
  missing(callee: RhaiFunction, given: number): number;
  /** A property of a value that was found. */
  property(value: RhaiValue, node: NodeOf<'property'>): RhaiValue;
  /** Whether a function of this name and number of parameters is defined in the script. */
  isDefined(name: string, parameters: number): boolean;
}

/** A call of a function of the language: what it is called on, and what follows. */
export interface RhaiCall {
  readonly self: RhaiValue;
  readonly args: readonly RhaiValue[];
  readonly run: RhaiRun;
  /** Puts another value in the place of the one that it is called on. */
  readonly replaceSelf: (value: RhaiValue) => void;
}

/** A function of the language or of the host. */
export interface RhaiBuiltin {
  /** How many arguments follow what it is called on; -1 where that may be left out, too. */
  readonly least: number;
  readonly most: number;
  readonly run: (call: RhaiCall) => RhaiValue;
  /** Whether it changes the list or map that it is called on, which no constant allows. */
  readonly changesSelf?: true;
}

export type NamedBuiltin = readonly [string, RhaiBuiltin];

/** A function that takes between `least` and `most` arguments besides what it is called on. */
export function builtin(name: string, run: RhaiBuiltin['run'], least = 0, most = least): NamedBuiltin {
  return [name, { least, most, run }];
}

/** A function that changes the list or map that it is called on. */
export function changing(name: string, run: RhaiBuiltin['run'], least = 0, most = least): NamedBuiltin {
  return [name, { least, most, run, changesSelf: true }];
}
