import { type CallArguments, isDict, JinjaTuple, type JinjaValue, orElse, textOf } from '../jinja/values.ts';
import { DefaultDict, itemsOf } from './access.ts';
import { callable } from './callable.ts';
import type { Machine } from './machine.ts';
import { PythonRefusal, raise } from './python-fault.ts';
import { PythonClass } from './values.ts';

type Members = ReadonlyMap<string, JinjaValue>;

/** `collections`, of what is no type of its own. */
export function collectionsModule(run: Machine): Members {
  return new Map<string, JinjaValue>([
    ['OrderedDict', run.builtins.get('dict') ?? null],
    ['defaultdict', callable(({ positional: [factory = null, base] }) => defaultDict(factory, base, run))],
    ['namedtuple', callable(({ positional: [name = '', fields = []] }) => namedTuple(textOf(name) ?? '', fields, run))],
  ]);
}

/** What such a dict takes that has nothing in it. */
const DICT_BYTES = 256;

function defaultDict(factory: JinjaValue, base: JinjaValue | undefined, run: Machine): JinjaValue {
  const made = run.call(run.builtins.get('dict') ?? null, { positional: base === undefined ? [] : [base], named: new Map() });
  if (!isDict(made) || factory === null) return made;
  run.runtime.budget.allocate(DICT_BYTES + made.size * 16);
  return new DefaultDict(made, () => run.call(factory, { positional: [], named: new Map() }));
}

const MAX_FIELDS = 255;

function namedTuple(name: string, given: JinjaValue, run: Machine): PythonClass {
  const text = textOf(given);
  const listed = text === undefined ? itemsOf(given, run).map((field) => textOf(field) ?? '') : text.split(/[\s,]+/);
  const fields = listed.filter((field) => field !== '');
  // Each is looked for among all of them.
  if (fields.length > MAX_FIELDS) throw new PythonRefusal(`the namedtuple ${name} has more than ${MAX_FIELDS} fields`);
  const fieldOf = (field: string, at: number, { positional, named }: CallArguments): JinjaValue =>
    orElse(positional[at], () => orElse(named.get(field), () => raise('TypeError', `${name}() misses the argument '${field}'`)));
  return new PythonClass(
    name,
    [],
    new Map(),
    (args) =>
      new JinjaTuple(
        fields.map((field, at) => fieldOf(field, at, args)),
        fields,
      ),
  );
}

/** `itertools`, of what has an end. */
export function itertoolsModule(run: Machine): Members {
  const chained = (lists: readonly JinjaValue[]): JinjaValue => lists.flatMap((list) => itemsOf(list, run));
  const ofOne = callable(({ positional: [lists = []] }) => chained(itemsOf(lists, run)));
  return new Map([['chain', new PythonClass('chain', [], new Map([['from_iterable', ofOne]]), ({ positional }) => chained(positional))]]);
}
