import { childrenOf } from '../../jinja/find-referenced-names.ts';
import type { ExpressionNode } from '../../jinja/nodes.ts';
import { expressionsOf, listStatements } from '../../jinja/walk-template.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import { compilePattern } from '../../text/pattern.ts';
import type { Rule } from '../rule.ts';

/** Filters whose result has no separator and no dots at its ends. */
const NARROWING = new Set(['kebab_case', 'snake_case', 'camel_case', 'pascal_case', 'constant_case', 'slugify', 'sha256', 'length', 'int']);
/** Types whose values can be any text. */
const FREE_TYPES = new Set(['string', 'text', 'secret', 'list', 'map', 'choices']);
const HOSTILE = ['../x', '..', '/etc/x', 'a/../../b', 'CON', 'a:b'];

export const unsafePath: Rule = {
  id: 'unsafe-path',
  severity: 'warning',
  summary: 'A path is made from a variable that accepts what cannot stand in a path',
  reason: 'Such a value is refused only when the project is generated, by a message about a path that the user did not write.',
  cure: 'Give the variable a `pattern`, the type `path`, or narrow it with a filter such as `kebab_case` or `slugify`.',
  isOfOwnLanguage: true,
  check: ({ pack: { manifest }, texts, place }) => {
    const loose = new Map(
      manifest.variables.flatMap((variable) => {
        const accepted = findAccepted(variable);
        return accepted === undefined ? [] : [[variable.name, accepted] as const];
      }),
    );
    return texts
      .filter(({ role }) => role === 'path')
      .flatMap((text) => {
        const outputs = text.tree === undefined ? [] : listStatements(text.tree).filter(({ node }) => node.kind === 'output');
        const names = outputs.flatMap(({ node }) => expressionsOf(node).flatMap(flowingNames));
        return [...new Map(names.map((node) => [node.name, node])).values()]
          .filter(({ name }) => loose.has(name))
          .map((node) => ({
            message: `${node.name} goes into the path ${JSON.stringify(text.text)} and can be ${JSON.stringify(loose.get(node.name))}`,
            where: place(text, node),
            subject: `variables.${node.name}`,
            suggestion: `give ${node.name} a pattern, or write {{ ${node.name} | kebab_case }}`,
          }));
      });
  },
};

/** A hostile text that the variable accepts. */
function findAccepted({ type, pattern, computed }: VariableDefinition): string | undefined {
  if (!FREE_TYPES.has(type) || computed !== undefined) return undefined;
  if (pattern === undefined) return HOSTILE[0];
  const compiled = compilePattern(pattern);
  return compiled.kind === 'invalid' ? undefined : HOSTILE.find((text) => compiled.pattern.matches(text));
}

/** The names whose text reaches the result of an expression as it is. */
function flowingNames(root: ExpressionNode): Extract<ExpressionNode, { kind: 'name' }>[] {
  const found: Extract<ExpressionNode, { kind: 'name' }>[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'name') found.push(node);
    else if (node.kind === 'conditional') pending.push(node.value, ...(node.otherwise === undefined ? [] : [node.otherwise]));
    else if (node.kind === 'filter' && NARROWING.has(node.name)) continue;
    else if (node.kind !== 'test' && node.kind !== 'compare') pending.push(...childrenOf(node));
  }
  return found;
}
