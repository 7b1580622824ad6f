import { bindArguments, integerArgument, textArgument } from './arguments.ts';
import { dictSet } from './compare.ts';
import { fail } from './fault.ts';
import { toItems } from './iterate.ts';
import { toRepr } from './python-repr.ts';
import { type CallArguments, isDict, JinjaObject, JinjaRange, type JinjaValue, type Runtime } from './values.ts';

/** The functions every template can call: range, dict, namespace, cycler, joiner; `lipsum` is there to say why it is not. */
export function createBuiltins(runtime: Runtime): ReadonlyMap<string, JinjaValue> {
  const functions: readonly (readonly [string, (args: CallArguments) => JinjaValue])[] = [
    ['range', makeRange],
    ['dict', (args) => makeDict(args, runtime)],
    ['namespace', (args) => makeNamespace(args, runtime)],
    ['cycler', makeCycler],
    ['joiner', makeJoiner],
    ['lipsum', () => fail('"lipsum" is random, and the same pack must always give the same files')],
  ];
  return new Map(functions.map(([name, call]) => [name, new JinjaObject('function', { call })]));
}

function makeRange(args: CallArguments): JinjaValue {
  const [first, second, third] = bindArguments('"range"', args, ['start', 'stop', 'step'], 1);
  const start = integerArgument(first, 'start');
  const step = integerArgument(third, 'step', 1);
  if (step === 0) fail('the step of a range cannot be 0');
  return second === undefined ? new JinjaRange(0, start, 1) : new JinjaRange(start, integerArgument(second, 'stop'), step);
}

function makeDict({ positional, named }: CallArguments, { budget }: Runtime): Map<JinjaValue, JinjaValue> {
  if (positional.length > 1) fail('"dict" takes one dict or list of pairs, and names');
  const result = new Map<JinjaValue, JinjaValue>();
  const [base] = positional;
  if (base !== undefined && isDict(base)) for (const [key, value] of base) dictSet(result, key, value, budget);
  else if (base !== undefined) {
    for (const pair of toItems(base, budget)) {
      const [key, value, ...rest] = toItems(pair, budget);
      if (key === undefined || value === undefined || rest.length > 0) fail('"dict" needs pairs of key and value');
      dictSet(result, key, value, budget);
    }
  }
  for (const [key, value] of named) dictSet(result, key, value, budget);
  return result;
}

function makeNamespace(args: CallArguments, runtime: Runtime): JinjaValue {
  const attributes = makeDict(args, runtime);
  return new JinjaObject('namespace', {
    get: (name) => attributes.get(name),
    names: function* () {
      for (const key of attributes.keys()) if (typeof key === 'string') yield key;
    },
    set: (name, value) => dictSet(attributes, name, value, runtime.budget),
    print: () => `<Namespace ${toRepr(attributes, runtime.budget)}>`,
  });
}

function makeCycler({ positional }: CallArguments): JinjaValue {
  if (positional.length === 0) fail('"cycler" needs the values to cycle through');
  let position = 0;
  const current = (): JinjaValue => positional[position] ?? null;
  const next = (): JinjaValue => {
    const value = current();
    position = (position + 1) % positional.length;
    return value;
  };
  const reset = (): JinjaValue => {
    position = 0;
    return null;
  };
  const get = (name: string): JinjaValue | undefined => {
    if (name === 'current') return current();
    if (name === 'next') return new JinjaObject('method', { call: next });
    return name === 'reset' ? new JinjaObject('method', { call: reset }) : undefined;
  };
  return new JinjaObject('cycler', { get, names: () => ['current', 'next', 'reset'] });
}

function makeJoiner(args: CallArguments): JinjaValue {
  const [separator] = bindArguments('"joiner"', args, ['sep']);
  const text = textArgument(separator, 'sep', ', ');
  let isUsed = false;
  const call = (): JinjaValue => {
    const result = isUsed ? text : '';
    isUsed = true;
    return result;
  };
  return new JinjaObject('joiner', { call });
}
