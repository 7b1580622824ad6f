import type { Hash } from '../tree/digest.ts';
import type { Budget } from './budget.ts';
import { suggest, TemplateFault } from './fault.ts';

/**
 * Everything that can exist while a template runs: a closed set, so that nothing of the host can be reached.
 * A whole JavaScript number is a Python int, any other number a float; `JinjaFloat` is a float whose value is whole (or not finite).
 */
export type JinjaValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JinjaValue[]
  | JinjaDict
  | JinjaFloat
  | Markup
  | JinjaTuple
  | JinjaRange
  | JinjaUndefined
  | JinjaObject;

/** A dict. Keys keep insertion order; whole floats are stored as ints, so that 1 and 1.0 are one key as in Python. */
export type JinjaDict = ReadonlyMap<JinjaValue, JinjaValue>;

export class JinjaFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Text that is already safe to stand in HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export class JinjaTuple {
  readonly items: readonly JinjaValue[];
  /** The attribute names of the items, for the pairs that `groupby` makes. */
  readonly names: readonly string[];

  constructor(items: readonly JinjaValue[], names: readonly string[] = []) {
    this.items = items;
    this.names = names;
  }
}

export class JinjaRange {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }
}

/** The keys, values or items of a dict in Python's behaviour: a list that prints under another name. */
export class DictView extends Array<JinjaValue> {
  readonly typeName: string;

  constructor(typeName: string, items: readonly JinjaValue[]) {
    super();
    this.typeName = typeName;
    for (const item of items) this.push(item);
  }

  /** What is made from a view is a plain list. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export type UndefinedBehavior = 'strict' | 'default' | 'chainable';

/** What a missing name or attribute evaluates to. In strict behaviour nearly every use of it fails with TEMPLATE_UNDEFINED. */
export class JinjaUndefined {
  readonly message: string;
  readonly behavior: UndefinedBehavior;
  /** The missing name and what exists in its place; looked at only for the message. */
  private readonly name: string;
  private readonly known: () => Iterable<string>;
  /** What else may be said where no name is near. */
  private readonly advice: string | undefined;

  constructor(message: string, behavior: UndefinedBehavior, name = '', known: () => Iterable<string> = () => [], advice?: string) {
    this.message = message;
    this.behavior = behavior;
    this.name = name;
    this.known = known;
    this.advice = advice;
  }

  /** Fails as a use of the missing thing does. */
  fail(): never {
    const { hint, suggestions } = suggest(this.name, this.known());
    const more = suggestions.length === 0 ? this.advice : undefined;
    throw new TemplateFault('TEMPLATE_UNDEFINED', this.message, [hint, more].filter(Boolean).join('; ') || undefined, suggestions);
  }
}

/** The arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly JinjaValue[];
  readonly named: ReadonlyMap<string, JinjaValue>;
}

export const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map() };

export interface ObjectParts {
  /** Looks an attribute up; undefined when there is none. */
  readonly get?: (name: string) => JinjaValue | undefined;
  readonly names?: () => Iterable<string>;
  readonly call?: (args: CallArguments) => JinjaValue;
  readonly set?: (name: string, value: JinjaValue) => void;
  /** What is gone through in its place; without it, it cannot be. */
  readonly items?: () => JinjaValue | undefined;
  /** Whether it is true, as it is without this. */
  readonly truth?: () => boolean;
  /** What it prints as; without it, it cannot be printed. What prints others with it spends the budget, where there is one. */
  readonly print?: (budget?: Budget) => string | Markup;
  /** What it shows as in a list, where that is something else. */
  readonly repr?: (budget: Budget) => string;
}

/** Something of the engine itself: a macro, function, method, namespace, module, the `loop`, … */
export class JinjaObject {
  readonly typeName: string;
  readonly parts: ObjectParts;

  constructor(typeName: string, parts: ObjectParts) {
    this.typeName = typeName;
    this.parts = parts;
  }
}

/** A filter: gets the value, its arguments bound to `parameters` in order (undefined where not given), and the runtime. */
export interface JinjaFilter {
  /** Parameter names. The first `required` must be given. */
  readonly parameters: readonly string[];
  readonly required?: number;
  /** Takes any arguments as they are, through `all`. */
  readonly variadic?: boolean;
  /** Accepts an undefined value; otherwise that fails before `apply` is called, unless undefined is lenient. */
  readonly takesUndefined?: boolean;
  apply(value: JinjaValue, args: readonly (JinjaValue | undefined)[], runtime: Runtime, all: CallArguments): JinjaValue;
}

/** A test, as `JinjaFilter`. */
export interface JinjaTest {
  readonly parameters: readonly string[];
  readonly takesUndefined?: boolean;
  /** Takes any arguments as they are. */
  readonly variadic?: boolean;
  matches(value: JinjaValue, args: readonly (JinjaValue | undefined)[], runtime: Runtime): boolean;
}

/** What filters, tests and methods may use. */
export interface Runtime {
  readonly budget: Budget;
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  /** What is said of a filter that is not there. */
  readonly missingFilter: string | undefined;
  readonly tests: ReadonlyMap<string, JinjaTest>;
  readonly hash: Hash | undefined;
  readonly undefinedBehavior: UndefinedBehavior;
  /** Whether values behave as Python's do where the strict dialect refuses. */
  readonly isPython: boolean;
  /** Texts that are paths to Python, with the attributes of one. */
  readonly paths: readonly string[];
  /** Whether output is being escaped for HTML at this point of the template. */
  autoescape: boolean;
  /** The render that this is of; absent outside of one. */
  readonly render?: Rendered | undefined;
}

/** The name of the template that is rendered, and the names that it sees. */
export interface Rendered {
  readonly template: string;
  find(name: string): JinjaValue | undefined;
}

/** What was found, or what is made in its place. None is a value: only undefined counts as not found. */
export function orElse(found: JinjaValue | undefined, make: () => JinjaValue): JinjaValue {
  return found === undefined ? make() : found;
}

/** Tells whether a value is a missing one that may be compared and counted. */
export function isLenient(value: JinjaValue): value is JinjaUndefined {
  return value instanceof JinjaUndefined && value.behavior !== 'strict';
}

/** Tells whether a value is a dict. */
export function isDict(value: JinjaValue): value is JinjaDict {
  return value instanceof Map;
}

/** Tells whether a value is a list (not a tuple). */
export function isList(value: JinjaValue): value is readonly JinjaValue[] {
  return Array.isArray(value);
}

/** Tells whether a value is a list to Python, too: the keys, values and items of a dict have no positions, and can neither be joined nor repeated. */
export function isRealList(value: JinjaValue): value is readonly JinjaValue[] {
  return isList(value) && !(value instanceof DictView);
}

/** The text of a string or of markup; undefined for anything else. */
export function textOf(value: JinjaValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : undefined;
}

/** Python's name of the type of a value. */
export function typeName(value: JinjaValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string' || value instanceof Markup) return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof JinjaFloat) return 'float';
  if (value instanceof JinjaTuple) return 'tuple';
  if (value instanceof JinjaRange) return 'range';
  if (value instanceof JinjaUndefined) return 'undefined';
  if (value instanceof JinjaObject) return value.typeName;
  if (value instanceof DictView) return value.typeName;
  return isDict(value) ? 'dict' : 'list';
}

/** Python's truth of a value; a strictly undefined one fails. */
export function truth(value: JinjaValue): boolean {
  if (typeof value !== 'object') return Boolean(value) || Number.isNaN(value);
  if (value === null) return false;
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return value.size > 0;
  if (value instanceof JinjaFloat) return value.value !== 0;
  if (value instanceof Markup) return value.text !== '';
  if (value instanceof JinjaTuple) return value.items.length > 0;
  if (value instanceof JinjaRange) return value.length > 0;
  if (value instanceof JinjaUndefined) return value.behavior === 'strict' ? value.fail() : false;
  return value.parts.truth?.() ?? true;
}
