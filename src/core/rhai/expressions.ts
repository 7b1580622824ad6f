import { findPlace } from './find-place.ts';
import type { Literal, NodeOf, RhaiNode } from './nodes.ts';
import { applyOperator, checkedInteger, isIn } from './operators.ts';
import { failScript } from './rhai-fault.ts';
import type { RhaiRun } from './rhai-run.ts';
import { RhaiScope } from './rhai-scope.ts';
import {
  joinTexts,
  numberOf,
  RhaiArray,
  RhaiChar,
  RhaiFloat,
  RhaiFunction,
  RhaiMap,
  RhaiRange,
  type RhaiValue,
  toText,
  typeOf,
} from './values.ts';

export type Handle<Kind extends RhaiNode['kind']> = (node: NodeOf<Kind>, scope: RhaiScope, run: RhaiRun) => RhaiValue;
export type Handlers<Kinds extends RhaiNode['kind']> = { readonly [Kind in Kinds]: Handle<Kind> };

export const VALUE_HANDLERS: Handlers<
  'literal' | 'template' | 'array' | 'map' | 'unary' | 'binary' | 'logical' | 'in' | 'range' | 'assign' | 'index' | 'closure'
> = {
  literal: ({ value }) => literalValue(value),
  template: ({ parts }, scope, run) => {
    const texts = parts.map((part) => (typeof part === 'string' ? part : toText(run.evaluate(part, scope), run.budget)));
    return joinTexts(texts, '', run.budget);
  },
  array: ({ items }, scope, run) => {
    run.budget.allocate(16 + items.length * 8);
    return new RhaiArray(items.map((item) => run.evaluateOwn(item, scope)));
  },
  map: ({ entries }, scope, run) => {
    run.budget.allocate(16 + entries.length * 32);
    return new RhaiMap(new Map(entries.map(([name, value]) => [name, run.evaluateOwn(value, scope)])));
  },
  unary: ({ operator, operand }, scope, run) => unary(operator, run.evaluate(operand, scope)),
  binary: ({ operator, left, right }, scope, run) =>
    applyOperator(operator, run.evaluate(left, scope), run.evaluate(right, scope), run.budget),
  logical,
  in: ({ isNegated, left, right }, scope, run) => isIn(run.evaluate(left, scope), run.evaluate(right, scope), run.budget) !== isNegated,
  range: ({ isInclusive, start, end }, scope, run) => {
    const [first, last] = [run.evaluate(start, scope), run.evaluate(end, scope)];
    if (typeof first !== 'bigint' || typeof last !== 'bigint') return failScript('a range goes from one whole number to another');
    return new RhaiRange(first, isInclusive ? last + 1n : last, { isInclusive });
  },
  assign,
  index: (node, scope, run) => findPlace(node, scope, run).value,
  closure: ({ parameters, body, line, column }, scope, run) =>
    new RhaiFunction(`anonymous at ${line}:${column}`, {
      parameters: parameters.length,
      run: (args, self) => run.callBody({ parameters, body }, args, new RhaiScope(scope, self ?? null)),
    }),
};

function literalValue(value: Literal): RhaiValue {
  if (typeof value === 'bigint') return checkedInteger(value);
  if (typeof value !== 'object' || value === null) return value;
  return 'float' in value ? new RhaiFloat(value.float) : new RhaiChar(value.char);
}

function unary(operator: '-' | '!' | '+', value: RhaiValue): RhaiValue {
  if (operator === '!') return typeof value === 'boolean' ? !value : failScript(`"!" is before ${typeOf(value)}, and no truth value`);
  if (numberOf(value) === undefined) return failScript(`"${operator}" is before ${typeOf(value)}, and no number`);
  if (operator === '+') return value;
  return typeof value === 'bigint' ? checkedInteger(-value) : new RhaiFloat(-(numberOf(value) ?? 0));
}

function logical({ operator, left, right }: NodeOf<'logical'>, scope: RhaiScope, run: RhaiRun): RhaiValue {
  const first = run.evaluate(left, scope);
  if (operator === '??') return first === null ? run.evaluate(right, scope) : first;
  const isTrue = truthOf(first, `the left side of ${operator}`);
  if (isTrue === (operator === '||')) return isTrue;
  return truthOf(run.evaluate(right, scope), `the right side of ${operator}`);
}

/** Only truth values are true or false. */
export function truthOf(value: RhaiValue, what: string): boolean {
  return typeof value === 'boolean' ? value : failScript(`${what} is ${typeOf(value)}, and no truth value`);
}

function assign({ operator, target, value }: NodeOf<'assign'>, scope: RhaiScope, run: RhaiRun): RhaiValue {
  const given = run.evaluateOwn(value, scope);
  if (target.kind === 'name' && target.name !== 'this' && scope.find(target.name) === undefined)
    return failScript(`there is no variable "${target.name}": write let ${target.name} = …`);
  const place = findPlace(target, scope, run);
  if (operator === '+' && place.value instanceof RhaiArray) extend(place.value, given, run);
  else place.set(operator === undefined ? given : applyOperator(operator, place.value, given, run.budget));
  return null;
}

function extend(list: RhaiArray, given: RhaiValue, { budget }: RhaiRun): void {
  const more = given instanceof RhaiArray ? given.items : [given];
  budget.allocate(more.length * 8);
  for (const item of more) list.items.push(item);
}
