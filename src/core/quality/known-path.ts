import type { ExpressionNode, StatementNode } from '../jinja/nodes.ts';
import { type Assignment, judge } from './conditions.ts';
import { evaluateKnown } from './evaluate-known.ts';
import type { PackText } from './pack-texts.ts';

/**
 * The path that a path template gives in one case, `''` where a segment by convention leaves the file out, and `undefined` where the case does not
 * settle it. Only text, conditions and plain values are followed.
 */
export function renderKnownPath({ tree, template }: PackText, known: Assignment): string | undefined {
  const path = tree === undefined ? undefined : renderBody(tree.body, known);
  if (path === undefined) return undefined;
  const isLeftOut = template?.isConvention === true && path.split('/').includes('');
  return isLeftOut ? '' : path;
}

function renderBody(body: readonly StatementNode[], known: Assignment): string | undefined {
  let text = '';
  for (const node of body) {
    const part = renderStatement(node, known);
    if (part === undefined) return undefined;
    text += part;
  }
  return text;
}

function renderStatement(node: StatementNode, known: Assignment): string | undefined {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'output') return renderValue(node.expression, known);
  if (node.kind !== 'if') return undefined;
  for (const { test, body } of node.branches) {
    const verdict = judge(test, known);
    if (verdict === undefined) return undefined;
    if (verdict) return renderBody(body, known);
  }
  return renderBody(node.otherwise, known);
}

function renderValue(expression: ExpressionNode, known: Assignment): string | undefined {
  const value = evaluateKnown(expression, known);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
