import type { CompareOperator, ExpressionNode } from '../jinja/nodes.ts';
import type { Value } from '../pack/values.ts';

/** Stands for a value that can be anything. */
export const UNKNOWN = Symbol('unknown');

type Known = Value | typeof UNKNOWN;

/**
 * What an expression gives when some names are known: as the template engine has it, for the operators that conditions are made of, and `UNKNOWN`
 * for everything else. It never claims more than it knows.
 */
export function evaluateKnown(node: ExpressionNode, known: ReadonlyMap<string, Known>): Known {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'bigint' ? UNKNOWN : node.value;
    case 'name':
      return known.has(node.name) ? (known.get(node.name) ?? null) : UNKNOWN;
    case 'unary':
      return node.operator === 'not' ? (invert(truthOf(node.operand, known)) ?? UNKNOWN) : UNKNOWN;
    case 'logical':
      return evaluateLogical(node, known);
    case 'compare':
      return evaluateComparisons(node, known);
    case 'conditional':
      return evaluateConditional(node, known);
    case 'list':
    case 'tuple':
      return evaluateItems(node.items, known);
    default:
      return UNKNOWN;
  }
}

function evaluateConditional(node: Extract<ExpressionNode, { kind: 'conditional' }>, known: ReadonlyMap<string, Known>): Known {
  const test = truthOf(node.test, known);
  const chosen = test === true ? node.value : node.otherwise;
  return test === undefined || chosen === undefined ? UNKNOWN : evaluateKnown(chosen, known);
}

function evaluateItems(nodes: readonly ExpressionNode[], known: ReadonlyMap<string, Known>): Known {
  const items = nodes.map((item) => evaluateKnown(item, known));
  return items.includes(UNKNOWN) ? UNKNOWN : (items as Value[]);
}

/** Whether an expression counts as true, which is known more often than what it gives: `x or true` is true whatever `x` is. */
export function truthOf(node: ExpressionNode, known: ReadonlyMap<string, Known>): boolean | undefined {
  if (node.kind === 'unary' && node.operator === 'not') return invert(truthOf(node.operand, known));
  if (node.kind !== 'logical') return truth(evaluateKnown(node, known));
  const decides = node.operator === 'or';
  const sides = [truthOf(node.left, known), truthOf(node.right, known)];
  if (sides.includes(decides)) return decides;
  return sides.includes(undefined) ? undefined : !decides;
}

function truth(value: Known): boolean | undefined {
  if (value === UNKNOWN) return undefined;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return Boolean(value);
}

/** As in Python, one of the operands is the result. */
function evaluateLogical(node: Extract<ExpressionNode, { kind: 'logical' }>, known: ReadonlyMap<string, Known>): Known {
  const first = truthOf(node.left, known);
  if (first === undefined) return UNKNOWN;
  return evaluateKnown(first === (node.operator === 'or') ? node.left : node.right, known);
}

function evaluateComparisons(node: Extract<ExpressionNode, { kind: 'compare' }>, known: ReadonlyMap<string, Known>): Known {
  let left = evaluateKnown(node.left, known);
  let result: boolean | undefined = true;
  for (const { operator, right: expression } of node.comparisons) {
    const right = evaluateKnown(expression, known);
    const holds = compare(left, operator, right);
    if (holds === false) return false;
    if (holds === undefined) result = undefined;
    left = right;
  }
  return result ?? UNKNOWN;
}

function compare(left: Known, operator: CompareOperator, right: Known): boolean | undefined {
  if (left === UNKNOWN || right === UNKNOWN) return undefined;
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return invert(equals(left, right));
    case 'in':
      return isIn(left, right);
    case 'not in':
      return invert(isIn(left, right));
    default:
      return typeof left === 'number' && typeof right === 'number' ? order(left, operator, right) : undefined;
  }
}

function order(left: number, operator: '<' | '<=' | '>' | '>=', right: number): boolean {
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function isIn(item: Value, holder: Value): boolean | undefined {
  if (typeof holder === 'string') return typeof item === 'string' ? holder.includes(item) : undefined;
  if (!Array.isArray(holder)) return undefined;
  const found = (holder as readonly Value[]).map((each) => equals(item, each));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/** Plain values only: numbers and truth values are equal across types as Python has it, so those are left open. */
function equals(a: Value, b: Value): boolean | undefined {
  if (isContainer(a) || isContainer(b)) return undefined;
  if (typeof a === typeof b || a === null || b === null) return a === b;
  const isNumeric = (value: Value) => typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
  return isNumeric(a) && isNumeric(b) ? undefined : false;
}

function isContainer(value: Value): boolean {
  return value !== null && typeof value === 'object';
}

function invert(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
