import { quoteName, suggest } from '../jinja/fault.ts';
import type { Handlers } from './expressions.ts';
import { failConstant, findPlace } from './find-place.ts';
import { findBuiltin, isGetter, nameBuiltins } from './functions/find-builtin.ts';
import type { NodeOf, RhaiNode } from './nodes.ts';
import { detached, type Place } from './place.ts';
import { failScript } from './rhai-fault.ts';
import type { RhaiRun } from './rhai-run.ts';
import type { RhaiScope } from './rhai-scope.ts';
import { copyValue, RhaiFunction, RhaiMap, type RhaiValue, typeOf } from './values.ts';

/** What calls need of the script besides. */
export interface CallRun extends RhaiRun {
  /** Calls a function of the script, with what `this` is in it. */
  callDefined(name: string, args: readonly RhaiValue[], self?: Place): RhaiValue;
  /** The names at the top of the script, which functions see as `global::NAME`. */
  readonly top: RhaiScope;
}

export const CALL_HANDLERS: Handlers<'name' | 'member' | 'property'> & {
  readonly call: (node: NodeOf<'call'>, scope: RhaiScope, run: CallRun) => RhaiValue;
  readonly method: (node: NodeOf<'method'>, scope: RhaiScope, run: CallRun) => RhaiValue;
} = {
  name: ({ name }, scope, run) => {
    const found = name === 'this' ? scope.self : scope.find(name);
    if (found !== undefined) return found.value;
    return run.host.variable?.(name) ?? functionNamed(name, run) ?? failUnknown('variable', name, scope.visible(), run);
  },
  member: ({ module, name }, _scope, run) => {
    const found = run.host.member(module, name);
    if (found !== undefined) return found;
    const box = module === 'global' ? (run as CallRun).top.find(name) : undefined;
    return box === undefined ? failScript(`there is no ${quoteName(`${module}::${name}`)} here`) : box.value;
  },
  property: (node, scope, run) => findPlace(node, scope, run).value,
  call,
  method,
};

/** What a value has by a name: an entry, or what a function gives that is written like one. */
export function readProperty(value: RhaiValue, { name, isOptional }: NodeOf<'property'>, run: RhaiRun): RhaiValue {
  if (value === null && isOptional) return null;
  if (value instanceof RhaiMap) return value.entries.get(name) ?? null;
  const getter = isGetter(name) ? findBuiltin(name, value, run.host) : undefined;
  return (
    getter?.run({ self: value, args: [], run, replaceSelf: () => undefined }) ?? failScript(`${typeOf(value)} has no property "${name}"`)
  );
}

/** A function of the script is a value, too. */
function functionNamed(name: string, run: RhaiRun): RhaiFunction | undefined {
  return [0, 1, 2, 3].some((parameters) => run.isDefined(name, parameters)) ? new RhaiFunction(name) : undefined;
}

function call(node: NodeOf<'call'>, scope: RhaiScope, run: CallRun): RhaiValue {
  const { module, name, args } = node;
  if (module !== undefined) {
    const given = ownValues(args, scope, run);
    const result = run.host.call(module, name, given, node);
    return result === undefined ? failCall(`${module}::${name}`, given) : result;
  }
  if (name === 'is_def_var' && args.length === 1) return isVariable(ownValues(args, scope, run)[0] ?? null, scope);
  const held = scope.find(name)?.value;
  if (held instanceof RhaiFunction) return run.invoke(held, ownValues(args, scope, run));
  if (run.isDefined(name, args.length)) return run.callDefined(name, ownValues(args, scope, run));
  // The first argument is what a function of the language is called on.
  const [first, ...rest] = args;
  const place = first === undefined ? detached(null) : ownUnlessVariable(findPlace(first, scope, run), run);
  return callBuiltin(name, place, { args: ownValues(rest, scope, run), count: args.length }, run);
}

function isVariable(name: RhaiValue, scope: RhaiScope): boolean {
  return typeof name === 'string' && scope.find(name) !== undefined;
}

function method({ target, name, args, isOptional }: NodeOf<'method'>, scope: RhaiScope, run: CallRun): RhaiValue {
  const place = findPlace(target, scope, run);
  if (place.isEnded === true || (isOptional && place.value === null)) return null;
  const given = ownValues(args, scope, run);
  const { value } = place;
  const held = value instanceof RhaiMap ? value.entries.get(name) : undefined;
  if (held instanceof RhaiFunction) return run.invoke(held, given, place);
  if (value instanceof RhaiFunction && name === 'call') return run.invoke(value, given);
  if (name === 'call' && given[0] instanceof RhaiFunction) return run.invoke(given[0], given.slice(1), place);
  if (run.isDefined(name, given.length)) return run.callDefined(name, given, place);
  return callBuiltin(name, place, { args: given, count: given.length + 1 }, run);
}

/** A function that is not called as a method changes a copy of a constant. */
function ownUnlessVariable(place: Place, { budget }: RhaiRun): Place {
  return place.constant === undefined ? place : detached(copyValue(place.value, budget));
}

/** Texts cost as they are long: what they are given to may look at all of each. */
function ownValues(nodes: readonly RhaiNode[], scope: RhaiScope, run: RhaiRun): RhaiValue[] {
  return nodes.map((node) => {
    const value = run.evaluateOwn(node, scope);
    if (typeof value === 'string') run.budget.spendSteps(value.length >> 3);
    return value;
  });
}

interface Given {
  readonly args: readonly RhaiValue[];
  /** With what it is called on. */
  readonly count: number;
}

/** Calls a function of the language or of the host. */
export function callBuiltin(name: string, place: Place, { args, count }: Given, run: CallRun): RhaiValue {
  const { value } = place;
  const found = findBuiltin(name, value, run.host);
  if (found === undefined || count - 1 < found.least || count - 1 > found.most) {
    const known = [...nameBuiltins(value, run.host)];
    if (found === undefined && !known.includes(name)) return failUnknown('function', name, known, run);
    return failCall(name, count === 0 ? [] : [value, ...args]);
  }
  if (place.constant !== undefined && found.changesSelf === true) return failConstant(place.constant);
  return found.run({ self: value, args, run, replaceSelf: place.set });
}

/** Looking for what is near costs more than a step, and a script may catch it and go on. */
function failUnknown(what: string, name: string, known: Iterable<string>, { budget }: RhaiRun): never {
  const candidates = [...known];
  budget.spendSteps(candidates.length * 16);
  const { suggestions } = suggest(name, candidates);
  const near = suggestions.length === 0 ? '' : `; did you mean ${suggestions.map(quoteName).join(' or ')}?`;
  return failScript(`there is no ${what} named ${quoteName(name)}${near}`);
}

function failCall(name: string, args: readonly RhaiValue[]): never {
  return failScript(`there is no function ${name}(${args.map(typeOf).join(', ')})`);
}
