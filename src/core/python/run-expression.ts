import { dictSet } from '../jinja/compare.ts';
import { applyBinary, applySign, compareValues, isContained } from '../jinja/operators.ts';
import { toAsciiRepr, toRepr, toText } from '../jinja/python-repr.ts';
import { slice } from '../jinja/slices.ts';
import { formatBraces } from '../jinja/string-format.ts';
import {
  type CallArguments,
  isDict,
  isList,
  JinjaObject,
  JinjaTuple,
  type JinjaValue,
  orElse,
  type Runtime,
  truth,
  typeName,
} from '../jinja/values.ts';
import { callPython, itemsOf, readAttribute, readItem, uniqueItems } from './access.ts';
import { bind } from './bind-target.ts';
import { compareOwn } from './compare-instances.ts';
import { makeFunction } from './functions.ts';
import { unionOf } from './instance-of.ts';
import type { Machine } from './machine.ts';
import type { Clause, CompareSign, PythonArgument, PythonExpression, Replacement } from './nodes.ts';
import { raise } from './python-fault.ts';
import { Scope } from './scope.ts';
import { callMember, PythonInstance } from './values.ts';

type Node<Kind extends PythonExpression['kind']> = Extract<PythonExpression, { readonly kind: Kind }>;

/** Evaluates an expression of a module. */
export function evaluate(node: PythonExpression, scope: Scope, run: Machine): JinjaValue {
  const { budget } = run.runtime;
  budget.step();
  if (node.kind === 'constant') return node.value;
  budget.enter();
  const value = evaluateNode(node, scope, run);
  budget.leave();
  return value;
}

function evaluateNode(node: PythonExpression, scope: Scope, run: Machine): JinjaValue {
  const value = (child: PythonExpression): JinjaValue => evaluate(child, scope, run);
  const result = compute(node, value, scope, run);
  run.line = node.line;
  return result;
}

type Evaluate = (child: PythonExpression) => JinjaValue;

function compute(node: PythonExpression, value: Evaluate, scope: Scope, run: Machine): JinjaValue {
  const { runtime } = run;
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'name':
      run.line = node.line;
      return orElse(scope.find(node.name), () =>
        orElse(run.builtins.get(node.name), () => raise('NameError', `name '${node.name}' is not defined`)),
      );
    case 'attribute':
      return readAttribute(value(node.object), node.name, run);
    case 'item':
      return readItem(value(node.object), value(node.index), run);
    case 'slice':
      return evaluateSlice(node, value, runtime);
    case 'call':
      return evaluateCall(node, scope, run);
    case 'binary':
      return applyOperator(node, value, run);
    case 'merge':
      return mergeDicts(value(node.left), value(node.right), runtime);
    case 'sign':
      return applySign(node.operator, value(node.operand));
    case 'not':
    case 'logical':
    case 'compare':
    case 'choice':
      return evaluateCondition(node, value, run);
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return evaluateDisplay(node, value, run);
    case 'comprehension':
      return comprehend(node, scope, run);
    case 'text':
      return formatParts(node.parts, value, runtime);
    default:
      return evaluateRest(node, value, scope, run);
  }
}

function evaluateRest(node: Node<'lambda' | 'star' | 'walrus' | 'yield'>, value: Evaluate, scope: Scope, run: Machine): JinjaValue {
  switch (node.kind) {
    case 'lambda':
      return makeFunction({ name: '<lambda>', parameters: node.parameters, body: node.body, line: node.line }, scope, run);
    case 'walrus': {
      const found = value(node.value);
      scope.set(node.name, found);
      return found;
    }
    case 'yield': {
      const given = value(node.value);
      const { yielded } = scope;
      if (yielded === undefined) return raise('SyntaxError', "'yield' outside function");
      for (const item of node.isFrom ? itemsOf(given, run) : [given]) yielded.push(item);
      return null;
    }
    default:
      return raise('SyntaxError', "can't use starred expression here");
  }
}

function evaluateCondition(node: Node<'not' | 'logical' | 'compare' | 'choice'>, value: Evaluate, run: Machine): JinjaValue {
  switch (node.kind) {
    case 'not':
      return !truth(value(node.operand));
    case 'logical': {
      const left = value(node.left);
      return truth(left) === (node.operator === 'or') ? left : value(node.right);
    }
    case 'choice':
      return value(truth(value(node.test)) ? node.yes : node.no);
    default: {
      let left = value(node.left);
      for (const [sign, right] of node.rest) {
        const next = value(right);
        if (!compare(sign, left, next, run)) return false;
        left = next;
      }
      return true;
    }
  }
}

function compare(sign: CompareSign, left: JinjaValue, right: JinjaValue, { runtime: { budget } }: Machine): boolean {
  switch (sign) {
    case 'is':
    case 'is not':
      if (typeof left === 'string') budget.spendSteps(left.length >> 4);
      return (left === right) === (sign === 'is');
    case 'in':
    case 'not in':
      return holds(right, left, budget) === (sign === 'in');
    default:
      return compareOwn(sign, left, right) ?? compareValues(sign, left, right, budget);
  }
}

function holds(container: JinjaValue, item: JinjaValue, budget: Runtime['budget']): boolean {
  const own = container instanceof PythonInstance ? callMember(container, '__contains__', [item]) : undefined;
  if (own !== undefined) return truth(own);
  const items = isList(container) ? container : container instanceof JinjaTuple ? container.items : [];
  const isOwn = items.some((each) => {
    budget.step();
    return compareOwn('==', each, item) === true;
  });
  return isOwn || isContained(item, container, budget);
}

function evaluateSlice(node: Node<'slice'>, value: Evaluate, { budget }: Runtime): JinjaValue {
  const object = value(node.object);
  const [start = null, stop = null, step = null] = node.bounds.map((bound) => (bound === undefined ? null : value(bound)));
  budget.allocate(DISPLAY_BYTES);
  return slice(object, [start, stop, step], budget);
}

/** The methods of a class that operators are. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['+', '__add__'],
  ['-', '__sub__'],
  ['*', '__mul__'],
  ['/', '__truediv__'],
  ['//', '__floordiv__'],
  ['%', '__mod__'],
]);

/** An operator, which may be of a class: `/` joins paths. */
function applyOperator({ operator, left, right }: Node<'binary'>, value: Evaluate, run: Machine): JinjaValue {
  const first = value(left);
  const second = value(right);
  const own = first instanceof JinjaObject ? first.parts.get?.(OPERATORS.get(operator) ?? '') : undefined;
  if (own instanceof JinjaObject) return callPython(own, { positional: [second], named: new Map() }, run);
  return applyBinary(operator, first, second, run.runtime.budget);
}

function mergeDicts(left: JinjaValue, right: JinjaValue, { budget }: Runtime): JinjaValue {
  if (isDict(left) && isDict(right)) return mergeInto(mergeInto(new Map(), left, budget), right, budget);
  // Sets are lists here.
  return isList(left) && isList(right) ? uniqueItems([...left, ...right], budget) : (unionOf(left, right, budget) ?? left);
}

function mergeInto(
  merged: Map<JinjaValue, JinjaValue>,
  more: ReadonlyMap<JinjaValue, JinjaValue>,
  budget: Runtime['budget'],
): Map<JinjaValue, JinjaValue> {
  for (const [key, item] of more) dictSet(merged, key, item, budget);
  return merged;
}

function evaluateCall(node: Node<'call'>, scope: Scope, run: Machine): JinjaValue {
  const callee = evaluate(node.callee, scope, run);
  const args = evaluateArguments(node.arguments, scope, run);
  run.line = node.line;
  return callPython(callee, args, run);
}

function evaluateArguments(nodes: readonly PythonArgument[], scope: Scope, run: Machine): CallArguments {
  const positional: JinjaValue[] = [];
  const named = new Map<string, JinjaValue>();
  for (const { value: node, name, stars } of nodes) {
    const value = evaluate(node, scope, run);
    if (stars === 1) for (const item of itemsOf(value, run)) positional.push(item);
    else if (stars === 2) for (const [key, item] of namesIn(value)) named.set(key, item);
    else if (name !== undefined) named.set(name, value);
    else positional.push(value);
  }
  run.runtime.budget.allocate((positional.length + named.size) * 8);
  return { positional, named };
}

function namesIn(value: JinjaValue): readonly (readonly [string, JinjaValue])[] {
  if (!isDict(value)) return raise('TypeError', 'argument after ** must be a mapping');
  return Array.from(value, ([key, item]) => [typeof key === 'string' ? key : raise('TypeError', 'keywords must be strings'), item]);
}

function evaluateDisplay(node: Node<'list' | 'tuple' | 'set' | 'dict'>, value: Evaluate, run: Machine): JinjaValue {
  const { budget } = run.runtime;
  budget.allocate(DISPLAY_BYTES);
  if (node.kind === 'dict') {
    const dict = new Map<JinjaValue, JinjaValue>();
    for (const [key, item] of node.entries) {
      const found = value(item);
      if (key !== undefined) dictSet(dict, value(key), found, budget);
      else mergeInto(dict, isDict(found) ? found : raise('TypeError', `'${typeName(found)}' object is not a mapping`), budget);
    }
    return dict;
  }
  const items = node.items.flatMap((item) => (item.kind === 'star' ? itemsOf(value(item.value), run) : [value(item)]));
  budget.allocate(items.length * 8);
  if (node.kind === 'tuple') return new JinjaTuple(items);
  return node.kind === 'set' ? uniqueItems(items, budget) : items;
}

/** What a list or a dict takes that has nothing in it. */
const DISPLAY_BYTES = 64;

function comprehend(node: Node<'comprehension'>, scope: Scope, run: Machine): JinjaValue {
  const { budget } = run.runtime;
  const inner = new Scope(scope);
  const found: JinjaValue[] = [];
  const dict = new Map<JinjaValue, JinjaValue>();
  eachOf(node.clauses, inner, run, () => {
    const item = evaluate(node.value, inner, run);
    budget.allocate(8);
    if (node.key === undefined) found.push(item);
    else dictSet(dict, evaluate(node.key, inner, run), item, budget);
  });
  if (node.makes === 'dict') return dict;
  return node.makes === 'set' ? uniqueItems(found, budget) : found;
}

function eachOf([clause, ...rest]: readonly Clause[], scope: Scope, run: Machine, visit: () => void): void {
  if (clause === undefined) {
    visit();
    return;
  }
  const { budget } = run.runtime;
  budget.enter();
  for (const item of itemsOf(evaluate(clause.items, scope, run), run)) {
    budget.step();
    bind(clause.target, item, scope, run);
    if (clause.conditions.every((condition) => truth(evaluate(condition, scope, run)))) eachOf(rest, scope, run, visit);
  }
  budget.leave();
}

function formatParts(parts: readonly (string | Replacement)[], value: Evaluate, runtime: Runtime): string {
  const { budget } = runtime;
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const found = value(part.value);
    const shown =
      part.conversion === 'r'
        ? toRepr(found, budget)
        : part.conversion === 'a'
          ? toAsciiRepr(found, budget)
          : part.conversion === 's'
            ? toText(found, budget)
            : found;
    const spec = formatParts(part.spec, value, runtime);
    return spec === ''
      ? toText(shown, budget)
      : formatBraces(`{0:${spec}}`, { positional: [shown], named: new Map() }, budget, { escapes: false });
  });
  budget.allocate(texts.reduce((sum, text) => sum + text.length, 0));
  return texts.join('');
}
