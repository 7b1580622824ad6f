import { bindArguments, integerArgument } from '../arguments.ts';
import { dictGet, isEqual } from '../compare.ts';
import { fail } from '../fault.ts';
import { type CallArguments, DictView, isDict, type JinjaDict, JinjaTuple, type JinjaValue, orElse, type Runtime } from '../values.ts';
import { changingDictMethod } from './changing-methods.ts';

type Method = (args: CallArguments) => JinjaValue;

/** The methods of dicts, all without effect. */
export const DICT_METHODS: readonly string[] = ['copy', 'get', 'items', 'keys', 'values'];
/** The methods of lists and tuples, all without effect. */
export const SEQUENCE_METHODS: readonly string[] = ['copy', 'count', 'index'];

const CHANGING: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'insert',
  'pop',
  'remove',
  'clear',
  'update',
  'setdefault',
  'popitem',
  'sort',
  'reverse',
  'add',
  'discard',
]);

/** Finds a method of a dict; undefined when there is none. */
export function dictMethod(dict: JinjaDict, name: string, runtime: Runtime): Method | undefined {
  const { budget } = runtime;
  const whole = (make: () => JinjaValue): Method => {
    return (args) => {
      bindArguments(`the method "${name}"`, args, []);
      budget.spendSteps(dict.size);
      budget.allocate(dict.size * 24);
      return make();
    };
  };
  if (runtime.isPython) {
    const changing = changingDictMethod(dict, name, runtime);
    if (changing !== undefined) return changing;
  }
  const view = (kind: string, items: readonly JinjaValue[]): JinjaValue => (runtime.isPython ? new DictView(`dict_${kind}`, items) : items);
  switch (name) {
    case 'get':
      return (args) => {
        const [key, fallback] = bindArguments('the method "get"', args, ['key', 'default'], 1);
        return orElse(dictGet(dict, key ?? null, budget), () => fallback ?? null);
      };
    case 'items':
      return whole(() => view('items', dictItems(dict)));
    case 'keys':
      return whole(() => view('keys', [...dict.keys()]));
    case 'values':
      return whole(() => view('values', [...dict.values()]));
    case 'copy':
      return whole(() => new Map(dict));
    default:
      return undefined;
  }
}

/** The entries of a dict, as pairs. */
export function dictItems(dict: JinjaDict): JinjaValue[] {
  return Array.from(dict, (entry) => new JinjaTuple(entry));
}

/** Finds a method of a list or tuple; undefined when there is none. */
export function sequenceMethod(items: readonly JinjaValue[], name: string, runtime: Runtime): Method | undefined {
  const { budget } = runtime;
  switch (name) {
    case 'count':
      return (args) => {
        const [value] = bindArguments('the method "count"', args, ['value'], 1);
        budget.spendSteps(items.length);
        return items.filter((item) => isEqual(item, value ?? null, budget)).length;
      };
    case 'index':
      return (args) => {
        const [value, start, stop] = bindArguments('the method "index"', args, ['value', 'start', 'stop'], 1);
        budget.spendSteps(items.length);
        const [from, to] = [integerArgument(start, 'start', 0), integerArgument(stop, 'stop', items.length)];
        const found = items.findIndex((item, index) => index >= from && index < to && isEqual(item, value ?? null, budget));
        return found === -1 ? fail('the value that is looked for is not in the list') : found;
      };
    case 'copy':
      return (args) => {
        bindArguments('the method "copy"', args, []);
        return runtime.isPython ? [...items] : items;
      };
    default:
      return undefined;
  }
}

/** Fails for the methods that would change a list or dict in place. */
export function refuseChange(value: JinjaValue, name: string): void {
  if (!CHANGING.has(name)) return;
  const cure = isDict(value)
    ? 'build a new one with dict(old, key=value)'
    : 'build a new one with "+", or collect in a namespace: {% set ns.items = ns.items + [item] %}';
  fail(`"${name}" would change a value in place, and values cannot be changed`, cure);
}
