import type { TemplateNode } from '../jinja/nodes.ts';
import { expressionsOf, listExpressions, listStatements } from '../jinja/walk-template.ts';

/** The names that a template asks about with `is defined` or gives a `default`: it says itself that they may be absent. */
export function findGuardedNames(template: TemplateNode): ReadonlySet<string> {
  const expressions = listStatements(template).flatMap(({ node }) => expressionsOf(node).flatMap(listExpressions));
  return new Set(
    expressions.flatMap((node) => {
      const isGuard =
        (node.kind === 'test' && (node.name === 'defined' || node.name === 'undefined')) ||
        (node.kind === 'filter' && (node.name === 'default' || node.name === 'd'));
      return isGuard && node.input?.kind === 'name' ? [node.input.name] : [];
    }),
  );
}
