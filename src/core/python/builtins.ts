import { bindArguments, integerArgument } from '../jinja/arguments.ts';
import { getAttribute } from '../jinja/attributes.ts';
import { dictSet, isLess } from '../jinja/compare.ts';
import { lengthOf } from '../jinja/iterate.ts';
import { stringMethodNames } from '../jinja/methods/string-methods.ts';
import { integerOf, makeFloat, makeInteger, numberOf } from '../jinja/numbers.ts';
import { applyBinary } from '../jinja/operators.ts';
import { toRepr, toText } from '../jinja/python-repr.ts';
import { isDict, JinjaObject, JinjaTuple, JinjaUndefined, type JinjaValue, orElse, textOf, truth, typeName } from '../jinja/values.ts';
import { callPython, isCallable, itemsOf, readAttribute, uniqueItems, wholeText } from './access.ts';
import { EXCEPTIONS } from './exceptions.ts';
import { isInstance, isOneOf } from './instance-of.ts';
import type { Machine } from './machine.ts';
import { pathText } from './path-module.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { type Build, type Caller, type Entry, SEQUENCES, zip } from './sequence-builtins.ts';
import { type Files, openFile } from './text-file.ts';
import { type Call, callMember, instanceAttribute, PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** The functions and types of the language that need no machine. */
export function makeBuiltins(run: Machine, files: Files): ReadonlyMap<string, JinjaValue> {
  const call = (callee: JinjaValue, ...positional: JinjaValue[]): JinjaValue => callPython(callee, { positional, named: new Map() }, run);
  const named = (signature: string, build: Build, name: string): Call => {
    const parameters = signature === '' ? [] : signature.split(' ');
    return (args) => (signature === '*' ? build(args.positional, args) : build(bindArguments(`"${name}"`, args, parameters), args));
  };
  const functions = [...FUNCTIONS(run, call, files), ...SEQUENCES(run, call)].map(
    ([name, signature, build]) => [name, new JinjaObject('function', { call: named(signature, build, name) })] as const,
  );
  const types = TYPES(run).map(
    ([name, signature, build]) => [name, new PythonClass(name, [], new Map(), named(signature, build, name))] as const,
  );
  addMethods(types, run);
  const dict = types.find(([name]) => name === 'dict')?.[1];
  dict?.members.set(
    'fromkeys',
    new JinjaObject('function', {
      call: ({ positional: [keys = [], value = null] }) => {
        const dict = new Map<JinjaValue, JinjaValue>();
        for (const key of itemsOf(keys, run)) dictSet(dict, key, value, run.runtime.budget);
        return dict;
      },
    }),
  );
  return new Map<string, JinjaValue>([...EXCEPTIONS, ...functions, ...types, ...DECORATORS]);
}

/** `str.lower` and the like are functions of a text. */
function addMethods(types: readonly (readonly [string, PythonClass])[], run: Machine): void {
  const method = (name: string): JinjaValue =>
    new JinjaObject('function', {
      call: ({ positional: [self = null, ...positional], named }) => run.call(readAttribute(self, name, run), { positional, named }),
    });
  for (const [type, { members }] of types) for (const name of METHODS(type, run)) members.set(name, method(name));
}

function METHODS(type: string, { runtime }: Machine): Iterable<string> {
  if (type === 'str') return stringMethodNames(runtime);
  return type === 'dict' ? ['get', 'items', 'keys', 'values'] : [];
}

const DECORATORS: readonly (readonly [string, JinjaValue])[] = (['property', 'classmethod', 'staticmethod'] as const).map((name) => {
  const binds = { property: 'property', classmethod: 'class', staticmethod: 'none' } as const;
  const call: Call = ({ positional: [made] }) => (made instanceof PythonFunction ? made.bindingTo(binds[name]) : (made ?? null));
  return [name, new JinjaObject('function', { call })];
});

function TYPES(run: Machine): readonly Entry[] {
  const items = (value: JinjaValue | undefined): readonly JinjaValue[] => (value === undefined ? [] : itemsOf(value, run));
  return [
    ['str', 'object', ([value]) => (value === undefined ? '' : toText(value, run.runtime.budget))],
    ['int', 'x base', ([value = 0, base]) => toInteger(value, base, run)],
    ['float', 'x', ([value = 0]) => toFloat(value, run)],
    ['bool', 'x', ([value = false]) => truth(value)],
    ['list', 'iterable', ([value]) => [...items(value)]],
    ['tuple', 'iterable', ([value]) => new JinjaTuple(items(value))],
    ['set', 'iterable', ([value]) => uniqueItems(items(value), run.runtime.budget)],
    ['frozenset', 'iterable', ([value]) => uniqueItems(items(value), run.runtime.budget)],
    ['dict', '*', ([base], { named }) => makeDict(base, named, run)],
    ['object', '', () => new PythonInstance(OBJECT)],
    [
      'type',
      'object',
      ([value = null]) => (value instanceof PythonInstance ? value.type : new PythonClass(typeName(value), [], new Map())),
    ],
  ];
}

const OBJECT = new PythonClass('object', [], new Map());

/** What a dict takes that has nothing in it. */
const DICT_BYTES = 64;

function makeDict(base: JinjaValue | undefined, named: ReadonlyMap<string, JinjaValue>, run: Machine): JinjaValue {
  const isCopy = base !== undefined && isDict(base);
  run.runtime.budget.allocate(DICT_BYTES);
  if (isCopy) run.runtime.budget.allocate(base.size * 16);
  const dict = new Map<JinjaValue, JinjaValue>(isCopy ? base : []);
  if (base !== undefined && !isDict(base)) {
    for (const pair of itemsOf(base, run)) {
      const [key = null, value = null] = itemsOf(pair, run);
      dictSet(dict, key, value, run.runtime.budget);
    }
  }
  for (const [key, value] of named) dict.set(key, value);
  return dict;
}

/** As Python has it. */
const MAX_DIGITS = 4300;

function toInteger(value: JinjaValue, base: JinjaValue | undefined, run: Machine): JinjaValue {
  const text = textOf(value) === undefined ? undefined : wholeText(value, 'x', run).trim().replaceAll('_', '');
  if (text !== undefined) {
    if (base !== undefined && base !== 10) throw new PythonRefusal('int() of another base is not read');
    if (text.length > MAX_DIGITS) raise('ValueError', `an int has more than ${MAX_DIGITS} digits`);
    return /^[-+]?\d+$/.test(text)
      ? makeInteger(BigInt(text.replace(/^\+/, '')))
      : raise('ValueError', `invalid literal for int() with base 10: '${text.slice(0, 40)}'`);
  }
  const number =
    integerOf(value) ?? numberOf(value) ?? raise('TypeError', `int() argument must be a string or a number, not '${typeName(value)}'`);
  return typeof number === 'number' ? Math.trunc(number) : number;
}

function toFloat(value: JinjaValue, run: Machine): JinjaValue {
  const text = textOf(value) === undefined ? undefined : wholeText(value, 'x', run).trim();
  if (text === undefined)
    return makeFloat(numberOf(value) ?? raise('TypeError', `float() argument must be a string or a number, not '${typeName(value)}'`));
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)
    ? makeFloat(Number(text))
    : raise('ValueError', `could not convert string to float: '${text.slice(0, 40)}'`);
}

function FUNCTIONS(run: Machine, call: Caller, files: Files): readonly Entry[] {
  const attribute = (object: JinjaValue, name: JinjaValue): JinjaValue | undefined => {
    const found =
      object instanceof PythonInstance ? instanceAttribute(object, nameOf(name)) : getAttribute(object, nameOf(name), run.runtime);
    return found instanceof JinjaUndefined ? undefined : found;
  };
  return [
    ['print', '*', () => null],
    ['super', '*', () => makeSuper(run)],
    ['repr', 'object', ([value = null]) => toRepr(value, run.runtime.budget)],
    ['abs', 'x', ([value = 0]) => (isLess(value, 0, run.runtime.budget) ? applyBinary('*', value, -1, run.runtime.budget) : value)],
    ['round', 'number digits', ([value = 0, digits]) => round(value, digits)],
    ['chr', 'code', ([code]) => character(code)],
    ['ord', 'text', ([text]) => textOf(text)?.codePointAt(0) ?? raise('TypeError', 'ord() expects a character')],
    ['callable', 'object', ([value = null]) => isCallable(value)],
    [
      'getattr',
      'object name default',
      ([object = null, name = '', fallback]) =>
        orElse(attribute(object, name), () => orElse(fallback, () => raise('AttributeError', `no attribute '${nameOf(name)}'`))),
    ],
    ['hasattr', 'object name', ([object = null, name = '']) => attribute(object, name) !== undefined],
    [
      'setattr',
      'object name value',
      ([object = null, name = '', value = null]) =>
        object instanceof JinjaObject ? (object.parts.set?.(nameOf(name), value) ?? null) : null,
    ],
    ['isinstance', 'object types', ([value = null, types = null]) => isInstance(value, types, run.runtime.budget)],
    [
      'issubclass',
      'type types',
      ([type = null, types = null]) =>
        type instanceof PythonClass && isOneOf(types, run.runtime.budget, (each) => type.lineage.includes(each)),
    ],
    [
      'len',
      'object',
      ([value = null]) => (value instanceof PythonInstance ? (callMember(value, '__len__', []) ?? 0) : lengthOf(value, run.runtime.budget)),
    ],
    [
      'map',
      '*',
      ([mapper = null, ...lists]) => zip(lists, run).map((each) => callPython(mapper, { positional: each, named: new Map() }, run)),
    ],
    [
      'filter',
      'function iterable',
      ([test = null, list = []]) => itemsOf(list, run).filter((item) => truth(test === null ? item : call(test, item))),
    ],
    ['open', '*', ([path = '', mode = 'r'], { named }) => openFile(pathText(path), nameOf(named.get('mode') ?? mode), files, run)],
  ];
}

function nameOf(value: JinjaValue): string {
  return textOf(value) ?? raise('TypeError', 'attribute name must be string');
}

function character(code: JinjaValue | undefined): string {
  const number = Number(integerOf(code) ?? raise('TypeError', 'chr() needs an int'));
  return number >= 0 && number <= 0x10ffff ? String.fromCodePoint(number) : raise('ValueError', 'chr() arg not in range(0x110000)');
}

function round(value: JinjaValue, digits: JinjaValue | undefined): JinjaValue {
  const number = Number(numberOf(value) ?? raise('TypeError', `type ${typeName(value)} has no rounding`));
  const scale = 10 ** integerArgument(digits ?? undefined, 'ndigits', 0);
  const scaled = number * scale;
  const near = Math.abs(scaled % 1) === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled);
  return digits === undefined || digits === null ? near : makeFloat(near / scale);
}

/** What a class has from those it is made from, for the instance whose method runs. */
function makeSuper(run: Machine): JinjaValue {
  const { scope, first } = run.frame ?? raise('RuntimeError', 'super(): no arguments');
  const own = run.classOf.get(scope);
  const get = (name: string): JinjaValue | undefined => {
    const member = own?.bases.map((base) => base.find(name)).find((found) => found !== undefined);
    if (!(member instanceof PythonFunction)) return member ?? (name === '__init__' || name === '__init_subclass__' ? NOTHING : undefined);
    return new JinjaObject('method', {
      call: ({ positional, named }) => member.call({ positional: [first ?? null, ...positional], named }),
    });
  };
  return new JinjaObject('super', { get });
}

const NOTHING = new JinjaObject('method', { call: () => null });
