import type { ExpressionNode } from '../../jinja/nodes.ts';
import { expressionsOf, listExpressions, listStatements } from '../../jinja/walk-template.ts';
import { inspectQuery } from '../../metadata/sparql/inspect-query.ts';
import type { Pack } from '../../pack/pack.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import type { PackText } from '../pack-texts.ts';
import type { Rule } from '../rule.ts';

export const unusedQuery: Rule = {
  id: 'unused-query',
  severity: 'warning',
  summary: 'A template names a query or data source that is not declared, or one is declared that nothing names',
  reason: 'The first fails when the pack is rendered; the second is computed for nothing.',
  cure: 'Declare it, correct the name, or remove it.',
  isOfOwnLanguage: true,
  check: ({ pack, texts, locate, place }) => {
    const { manifest } = pack;
    const declared = { queries: manifest.queries.map(({ name }) => name), data: manifest.data.map(({ name }) => name) };
    const uses = texts.flatMap(findUses);
    const missing = uses
      .filter(({ group, name }) => name !== undefined && !declared[group].includes(name))
      .map(({ group, name, text, node }) => ({ message: `${group}.${name} is not declared`, where: place(text, node) }));
    const overs = new Set(manifest.queries.flatMap(({ over }) => over ?? []));
    const isOpen = manifest.queries.some(({ over }) => over === undefined);
    const isUsed = (group: Group, name: string) =>
      uses.some((use) => use.group === group && (use.name === name || use.name === undefined)) ||
      (group === 'data' && (isOpen || overs.has(`data.${name}`))) ||
      (group === 'queries' && derives(pack, name));
    const groups: readonly Group[] = ['queries', 'data'];
    const unused = groups.flatMap((group) =>
      declared[group]
        .filter((name) => !isUsed(group, name))
        .map((name) => ({ message: `nothing uses ${group}.${name}`, where: locate([group, name]), subject: `${group}.${name}` })),
    );
    return [...missing, ...unused];
  },
};

/** What CONSTRUCT and DESCRIBE give is for the queries behind them. */
function derives({ manifest, files }: Pack, name: string): boolean {
  const content = manifest.queries.find((query) => query.name === name)?.content;
  const bytes = content?.kind === 'file' ? files.get(content.file as ProjectPath)?.content : undefined;
  const text = content?.kind === 'text' ? content.text : bytes === undefined ? '' : (decodeUtf8(bytes) ?? '');
  const { form } = inspectQuery(text, { name, prefixes: new Map() });
  return form === 'CONSTRUCT' || form === 'DESCRIBE';
}

type Group = 'queries' | 'data';

interface Use {
  readonly group: Group;
  /** Absent where the whole group is used, or the name is computed. */
  readonly name: string | undefined;
  readonly text: PackText;
  readonly node: ExpressionNode;
}

function findUses(text: PackText): Use[] {
  if (text.tree === undefined) return [];
  const expressions = listStatements(text.tree).flatMap(({ node }) => expressionsOf(node).flatMap(listExpressions));
  const named = expressions.flatMap((node): Use[] => {
    const group = isAccess(node) && node.object.kind === 'name' ? groupOf(node.object.name) : undefined;
    return group === undefined ? [] : [{ group, name: nameOf(node), text, node }];
  });
  const objects = new Set(expressions.flatMap((node) => (isAccess(node) ? [node.object] : [])));
  const whole = expressions.flatMap((node): Use[] => {
    const group = node.kind === 'name' && !objects.has(node) ? groupOf(node.name) : undefined;
    return group === undefined ? [] : [{ group, name: undefined, text, node }];
  });
  return [...named, ...whole];
}

function isAccess(node: ExpressionNode): node is Extract<ExpressionNode, { kind: 'attribute' | 'subscript' }> {
  return node.kind === 'attribute' || node.kind === 'subscript';
}

function nameOf(node: ExpressionNode): string | undefined {
  if (node.kind === 'attribute') return node.name;
  return node.kind === 'subscript' && node.index.kind === 'literal' && typeof node.index.value === 'string' ? node.index.value : undefined;
}

function groupOf(name: string): Group | undefined {
  return name === 'queries' || name === 'data' ? name : undefined;
}
