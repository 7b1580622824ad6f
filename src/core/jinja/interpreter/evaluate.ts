import { bindArguments } from '../arguments.ts';
import { getAttribute, getItem } from '../attributes.ts';
import { dictSet } from '../compare.ts';
import { fail, failUnknown } from '../fault.ts';
import { toItems } from '../iterate.ts';
import type {
  ArgumentNode,
  CallNode,
  CompareNode,
  ConcatNode,
  ConditionalNode,
  DictNode,
  ExpressionNode,
  FilterNode,
  LogicalNode,
  NameNode,
  TestNode,
} from '../nodes.ts';
import { makeFloat } from '../numbers.ts';
import { applyBinary, applySign, compareValues } from '../operators.ts';
import { joinPath } from '../path-value.ts';
import { toText } from '../python-repr.ts';
import { slice } from '../slices.ts';
import { escapeHtml } from '../text.ts';
import {
  type CallArguments,
  isDict,
  isList,
  JinjaObject,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  NO_ARGUMENTS,
  textOf,
  truth,
  typeName,
} from '../values.ts';
import { type Frame, undefinedName } from './frame.ts';

/** Evaluates an expression. Before anything that can fail, `state.at` names the node responsible. */
export function evaluate(node: ExpressionNode, frame: Frame): JinjaValue {
  const { budget } = frame.state;
  budget.step();
  if (node.kind === 'literal') return node.value;
  if (node.kind === 'name') return lookup(node, frame);
  budget.enter();
  const value = evaluateComposite(node, frame);
  budget.leave();
  return value;
}

/** The value of a name: of the innermost scope, the context, the globals, or undefined. */
export function lookup(node: NameNode, frame: Frame): JinjaValue {
  const { state } = frame;
  state.at = node;
  const bound = frame.scope.lookup(node.name);
  if (bound !== undefined) return bound;
  const global = state.environment.globals.get(node.name);
  if (global !== undefined) return global;
  return state.builtins.get(node.name) ?? undefinedName(node.name, frame);
}

function evaluateComposite(node: Exclude<ExpressionNode, NameNode>, frame: Frame): JinjaValue {
  const { state } = frame;
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'float':
      return makeFloat(node.value);
    case 'attribute': {
      const object = evaluate(node.object, frame);
      state.at = node;
      return getAttribute(object, node.name, state);
    }
    case 'subscript': {
      const object = evaluate(node.object, frame);
      const index = evaluate(node.index, frame);
      state.at = node;
      return getItem(object, index, state);
    }
    case 'slice': {
      const object = evaluate(node.object, frame);
      const bounds = [node.start, node.stop, node.step].map((bound) => (bound === undefined ? null : evaluate(bound, frame)));
      state.at = node;
      return slice(object, [bounds[0] ?? null, bounds[1] ?? null, bounds[2] ?? null], state.budget);
    }
    case 'call':
      return evaluateCall(node, frame);
    case 'filter':
      return evaluateFilter(node, frame);
    case 'test':
      return evaluateTest(node, frame);
    case 'binary': {
      const left = evaluate(node.left, frame);
      const right = evaluate(node.right, frame);
      state.at = node;
      const path = node.operator === '/' ? joinPath(left, right, state.paths) : undefined;
      return path ?? applyBinary(node.operator, left, right, state.budget);
    }
    case 'unary': {
      const operand = evaluate(node.operand, frame);
      state.at = node;
      return node.operator === 'not' ? !truth(operand) : applySign(node.operator, operand);
    }
    case 'compare':
      return evaluateCompare(node, frame);
    case 'logical':
      return evaluateLogical(node, frame);
    case 'concat':
      return evaluateConcat(node, frame);
    case 'conditional':
      return evaluateConditional(node, frame);
    case 'list':
      return evaluateAll(node.items, frame);
    case 'tuple':
      return new JinjaTuple(evaluateAll(node.items, frame));
    case 'dict':
      return evaluateDict(node, frame);
    default:
      return node satisfies never;
  }
}

function evaluateAll(items: readonly ExpressionNode[], frame: Frame): JinjaValue[] {
  frame.state.budget.allocate(items.length * 8);
  return items.map((item) => evaluate(item, frame));
}

function evaluateDict(node: DictNode, frame: Frame): JinjaValue {
  const dict = new Map<JinjaValue, JinjaValue>();
  for (const entry of node.entries) {
    const key = evaluate(entry.key, frame);
    const value = evaluate(entry.value, frame);
    frame.state.at = node;
    dictSet(dict, key, value, frame.state.budget);
  }
  return dict;
}

function evaluateLogical(node: LogicalNode, frame: Frame): JinjaValue {
  const left = evaluate(node.left, frame);
  frame.state.at = node.left;
  return truth(left) === (node.operator === 'or') ? left : evaluate(node.right, frame);
}

function evaluateConditional(node: ConditionalNode, frame: Frame): JinjaValue {
  const { state } = frame;
  const test = evaluate(node.test, frame);
  state.at = node.test;
  if (truth(test)) return evaluate(node.value, frame);
  if (node.otherwise !== undefined) return evaluate(node.otherwise, frame);
  // Jinja2 never has a strict one here.
  return new JinjaUndefined('the condition is false and there is no "else"', state.isPython ? 'default' : state.undefinedBehavior);
}

function evaluateCompare(node: CompareNode, frame: Frame): JinjaValue {
  let left = evaluate(node.left, frame);
  for (const { operator, right } of node.comparisons) {
    const value = evaluate(right, frame);
    frame.state.at = node;
    if (!compareValues(operator, left, value, frame.state.budget)) return false;
    left = value;
  }
  return true;
}

function evaluateConcat(node: ConcatNode, frame: Frame): JinjaValue {
  const { state } = frame;
  const values = node.parts.map((part) => evaluate(part, frame));
  state.at = node;
  const isMarkup = state.autoescape && values.some((value) => value instanceof Markup);
  let result = '';
  for (const value of values) {
    const text = toText(value, state.budget);
    state.budget.allocate(text.length);
    result += isMarkup && !(value instanceof Markup) ? escapeHtml(text) : text;
  }
  return isMarkup ? new Markup(result) : result;
}

function evaluateCall(node: CallNode, frame: Frame): JinjaValue {
  const callee = evaluate(node.callee, frame);
  const args = evaluateArguments(node.arguments, frame);
  frame.state.at = node.callee;
  return callValue(callee, args);
}

/** Calls a value; fails for what cannot be called. */
export function callValue(callee: JinjaValue, args: CallArguments): JinjaValue {
  if (callee instanceof JinjaObject && callee.parts.call !== undefined) return callee.parts.call(args);
  if (callee instanceof JinjaUndefined) callee.fail();
  return fail(`a value of type ${typeName(callee)} cannot be called`);
}

/** Evaluates the arguments of a call, `*` and `**` included. */
export function evaluateArguments(nodes: readonly ArgumentNode[], frame: Frame): CallArguments {
  if (nodes.length === 0) return NO_ARGUMENTS;
  const positional: JinjaValue[] = [];
  let named: Map<string, JinjaValue> | undefined;
  for (const node of nodes) {
    const value = evaluate(node.value, frame);
    if (node.kind === 'positional') positional.push(value);
    else if (node.kind === 'spread') positional.push(...spreadItems(value, frame));
    else {
      named ??= new Map();
      if (node.kind === 'named') named.set(node.name, value);
      else spreadNamed(value, named);
    }
  }
  return { positional, named: named ?? NO_ARGUMENTS.named };
}

/** So many arguments at once would not fit on the stack of the host. */
const MAX_SPREAD = 1000;

function spreadItems(value: JinjaValue, frame: Frame): readonly JinjaValue[] {
  const items = toItems(value, frame.state.budget);
  return items.length > MAX_SPREAD ? fail(`a call takes at most ${MAX_SPREAD} arguments`) : items;
}

function spreadNamed(value: JinjaValue, named: Map<string, JinjaValue>): void {
  if (!isDict(value)) fail(`"**" needs a dict, not ${typeName(value)}`);
  if (value.size > MAX_SPREAD) fail(`a call takes at most ${MAX_SPREAD} arguments`);
  for (const [key, item] of value) named.set(textOf(key) ?? fail('"**" needs a dict whose keys are strings'), item);
}

/** Applies a filter, or a chain of filters whose innermost input is `base`. */
export function evaluateFilter(node: FilterNode, frame: Frame, base?: JinjaValue): JinjaValue {
  const { state } = frame;
  const input = evaluateInput(node, frame, base);
  state.at = node;
  const filter = state.filters.get(node.name) ?? failUnknown('filter', node.name, state.filters.keys(), state.missingFilter);
  const args = evaluateArguments(node.arguments, frame);
  state.at = node;
  state.budget.spendSteps(workOf(input));
  if (filter.takesUndefined !== true && input instanceof JinjaUndefined && input.behavior === 'strict') input.fail();
  const bound =
    filter.variadic === true ? args.positional : bindArguments(`the filter "${node.name}"`, args, filter.parameters, filter.required);
  return filter.apply(input, bound, state, args);
}

function evaluateInput(node: FilterNode, frame: Frame, base: JinjaValue | undefined): JinjaValue {
  if (node.input === undefined) return base ?? '';
  return node.input.kind === 'filter' && base !== undefined ? evaluateFilter(node.input, frame, base) : evaluate(node.input, frame);
}

function evaluateTest(node: TestNode, frame: Frame): JinjaValue {
  const { state } = frame;
  const input = evaluate(node.input, frame);
  state.at = node;
  const test = state.tests.get(node.name) ?? failUnknown('test', node.name, state.tests.keys());
  const args = evaluateArguments(node.arguments, frame);
  state.at = node;
  state.budget.spendSteps(workOf(input));
  if (test.takesUndefined !== true && input instanceof JinjaUndefined && input.behavior === 'strict') input.fail();
  const bound =
    test.variadic === true ? args.positional : bindArguments(`the test "${node.name}"`, args, test.parameters, test.parameters.length);
  return test.matches(input, bound, state) !== node.negated;
}

/** The steps that looking at a whole value costs. */
function workOf(value: JinjaValue): number {
  if (typeof value === 'string') return value.length >> 4;
  if (isList(value)) return value.length;
  if (isDict(value)) return value.size;
  return 1;
}
