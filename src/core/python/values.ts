import { type Budget, createBudget } from '../jinja/budget.ts';
import { toRepr, toText } from '../jinja/python-repr.ts';
import { type CallArguments, isList, JinjaObject, JinjaTuple, type JinjaValue, textOf, truth, typeName } from '../jinja/values.ts';
import { PythonError, PythonRefusal, raise } from './python-fault.ts';

export type Call = (args: CallArguments) => JinjaValue;

const MAX_ABOVE = 32;

/** A type: of the language, or of a module that is read. */
export class PythonClass extends JinjaObject {
  readonly name: string;
  readonly bases: readonly PythonClass[];
  readonly members: Map<string, JinjaValue>;
  /** Whether code may give it members: types of the language are shared by all that runs. */
  isOpen = false;
  /** The names that its body annotates. */
  readonly fields = new Set<string>();
  /** The members of an enumeration, and how one is found by its value. */
  private listed: readonly PythonInstance[] | undefined;
  private finds: Call | undefined;
  /** The class and those it is made from, nearest first. */
  readonly lineage: readonly PythonClass[];

  constructor(name: string, bases: readonly PythonClass[], members: Map<string, JinjaValue>, call?: Call) {
    const own: { self?: PythonClass } = {};
    super('type', {
      call: (args) => (own.self?.finds ?? call ?? ((given) => makeInstance(own.self as PythonClass, given)))(args),
      items: () => own.self?.listed,
      get: (attribute) => {
        if (attribute === '__name__' || attribute === '__qualname__') return name;
        return bound(own.self?.find(attribute), own.self as PythonClass, own.self as PythonClass);
      },
      set: (attribute, value) => {
        if (own.self?.isOpen !== true) raise('TypeError', `cannot set '${attribute}' attribute of immutable type '${name}'`);
        members.set(attribute, value);
      },
      print: () => `<class '${name}'>`,
    });
    own.self = this;
    this.name = name;
    this.bases = bases;
    this.members = members;
    this.lineage = [this, ...new Set(bases.flatMap((base) => base.lineage))];
    if (this.lineage.length > MAX_ABOVE + 1) throw new PythonRefusal(`the class ${name} is made from more than ${MAX_ABOVE} others`);
  }

  /** A member, of this class or of those it is made from. */
  find(name: string): JinjaValue | undefined {
    for (const { members } of this.lineage) {
      const member = members.get(name);
      if (member !== undefined) return member;
    }
    return undefined;
  }

  /** Makes the class an enumeration. */
  enumerate(members: readonly PythonInstance[], finds: Call): void {
    this.listed = members;
    this.finds = finds;
  }

  isA(name: string): boolean {
    return this.lineage.some((each) => each.name === name);
  }
}

/** A function of a module: bound to an instance where it is looked up on one. */
export class PythonFunction extends JinjaObject {
  readonly name: string;
  /** How it is bound: to the instance, to the class, not at all, or called at once. */
  readonly binds: 'self' | 'class' | 'none' | 'property';
  readonly call: Call;
  readonly attributes: Map<string, JinjaValue>;
  /** Where it stands in its module. */
  line: number | undefined;

  constructor(name: string, call: Call, binds: PythonFunction['binds'] = 'self') {
    const attributes = new Map<string, JinjaValue>();
    super('function', {
      call,
      get: (attribute) => (attribute === '__name__' ? name : attributes.get(attribute)),
      set: (attribute, value) => void attributes.set(attribute, value),
    });
    this.name = name;
    this.call = call;
    this.binds = binds;
    this.attributes = attributes;
  }

  /** The function as a method of another kind. */
  bindingTo(binds: PythonFunction['binds']): PythonFunction {
    const made = new PythonFunction(this.name, this.call, binds);
    for (const [name, value] of this.attributes) made.attributes.set(name, value);
    made.line = this.line;
    return made;
  }
}

export class PythonInstance extends JinjaObject {
  readonly type: PythonClass;
  readonly attributes: Map<string, JinjaValue>;

  constructor(type: PythonClass, attributes: Map<string, JinjaValue> = new Map()) {
    const own: { self?: PythonInstance } = {};
    super(type.name, {
      get: (name) => {
        const found = instanceAttribute(own.self as PythonInstance, name);
        return found === undefined ? entryOf(own.self as PythonInstance, name) : found;
      },
      names: () => attributes.keys(),
      items: () => callMember(own.self as PythonInstance, '__iter__', []),
      truth: () =>
        truth(callMember(own.self as PythonInstance, '__bool__', []) ?? callMember(own.self as PythonInstance, '__len__', []) ?? true),
      set: (name, value) => void attributes.set(name, value),
      print: (budget) => {
        const text = callMember(own.self as PythonInstance, '__str__', []);
        if (text === undefined) return printed(own.self as PythonInstance, budget ?? createBudget(SHOWN));
        return textOf(text) ?? raise('TypeError', `__str__ returned non-string (type ${typeName(text)})`);
      },
      repr: (budget) => represented(own.self as PythonInstance, budget),
    });
    own.self = this;
    this.type = type;
    this.attributes = attributes;
  }
}

/** What an exception may show where nothing else bounds it. */
const SHOWN = { steps: 1000, outputBytes: 0, allocatedBytes: 100_000, depth: 50 };

function printed(instance: PythonInstance, budget: Budget): string {
  const args = instance.type.isA('BaseException') ? (instance.attributes.get('args') ?? null) : null;
  if (!isList(args)) return represented(instance, budget);
  budget.enter();
  const [first = ''] = args;
  const text = args.length > 1 ? toRepr(new JinjaTuple(args), budget) : toText(first, budget);
  budget.leave();
  return text;
}

function represented(instance: PythonInstance, budget: Budget): string {
  const own = callMember(instance, '__repr__', []);
  if (own !== undefined) return textOf(own) ?? raise('TypeError', `__repr__ returned non-string (type ${typeName(own)})`);
  const { type, attributes } = instance;
  const args = attributes.get('args') ?? null;
  if (!isList(args) || !type.isA('BaseException')) return `<${type.name} object>`;
  budget.enter();
  const shown = args.map((arg) => toRepr(arg, budget)).join(', ');
  budget.leave();
  budget.allocate(shown.length);
  return `${type.name}(${shown})`;
}

/** An attribute of an instance: its own, or a member of its class, bound. */
export function instanceAttribute(instance: PythonInstance, name: string): JinjaValue | undefined {
  if (name === '__class__') return instance.type;
  const own = instance.attributes.get(name);
  const found = own === undefined ? bound(instance.type.find(name), instance, instance.type) : own;
  return found === undefined && !name.startsWith('__') ? madeAttribute(instance, name) : found;
}

/** What `__getattr__` gives for a name that nothing has. */
function madeAttribute(instance: PythonInstance, name: string): JinjaValue | undefined {
  try {
    return callMember(instance, '__getattr__', [name]);
  } catch (error) {
    if (error instanceof PythonError && error.type === 'AttributeError') return undefined;
    throw error;
  }
}

/** What a template finds by a name that is no attribute: an entry, where the class has entries. */
function entryOf(instance: PythonInstance, name: string): JinjaValue | undefined {
  try {
    return callMember(instance, '__getitem__', [name]);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** Calls a method of an instance; `undefined` where its class has none of that name. */
export function callMember(instance: PythonInstance, name: string, positional: readonly JinjaValue[]): JinjaValue | undefined {
  const member = bound(instance.type.find(name), instance, instance.type);
  return member instanceof JinjaObject ? member.parts.call?.({ positional, named: new Map() }) : undefined;
}

function bound(member: JinjaValue | undefined, owner: PythonInstance | PythonClass, type: PythonClass): JinjaValue | undefined {
  if (!(member instanceof PythonFunction) || member.binds === 'none') return member;
  const isOfClass = owner instanceof PythonClass;
  // What code did not make is shared by all that runs.
  if (isOfClass && member.binds !== 'class') return member.line === undefined ? member.bindingTo(member.binds) : member;
  const first = member.binds === 'class' ? type : owner;
  const call: Call = ({ positional, named }) => member.call({ positional: [first, ...positional], named });
  if (member.binds === 'property') return call({ positional: [], named: new Map() });
  const { get } = member.parts;
  return new JinjaObject('method', get === undefined ? { call } : { call, get });
}

function makeInstance(type: PythonClass, args: CallArguments): JinjaValue {
  const isException = type.isA('BaseException');
  const instance = new PythonInstance(type, new Map(isException ? [['args', [...args.positional]]] : []));
  const init = bound(type.find('__init__'), instance, type);
  if (init instanceof JinjaObject) init.parts.call?.(args);
  else if (!isException && (args.positional.length > 0 || args.named.size > 0)) raise('TypeError', `${type.name}() takes no arguments`);
  return instance;
}
