import { childrenOf } from './find-referenced-names.ts';
import type { ExpressionNode, StatementNode, TargetNode, TemplateNode } from './nodes.ts';

/** A statement, and those that it stands in, outermost first. */
export interface PlacedStatement {
  readonly node: StatementNode;
  readonly parents: readonly StatementNode[];
}

/** Every statement of a template at any depth, in the order they are written. */
export function listStatements(template: TemplateNode): PlacedStatement[] {
  const found: PlacedStatement[] = [];
  collect(template.body, [], found);
  return found;
}

function collect(body: readonly StatementNode[], parents: readonly StatementNode[], found: PlacedStatement[]): void {
  for (const node of body) {
    found.push({ node, parents });
    const inner = bodiesOf(node);
    if (inner.length === 0) continue;
    const within = [...parents, node];
    for (const each of inner) collect(each, within, found);
  }
}

/** The bodies of a statement; none for one that has no body. */
export function bodiesOf(node: StatementNode): readonly (readonly StatementNode[])[] {
  if (node.kind === 'if') return [...node.branches.map(({ body }) => body), node.otherwise];
  if (node.kind === 'for') return [node.body, node.otherwise];
  return 'body' in node ? [node.body] : [];
}

/** The expressions that stand in a statement itself, and not in its bodies. */
export function expressionsOf(node: StatementNode): ExpressionNode[] {
  switch (node.kind) {
    case 'output':
    case 'do':
      return [node.expression];
    case 'if':
      return node.branches.map(({ test }) => test);
    case 'for':
      return node.filter === undefined ? [node.iterable] : [node.iterable, node.filter];
    case 'set':
      return [node.value];
    case 'set-block':
      return node.filter === undefined ? [] : [node.filter];
    case 'with':
      return node.bindings.map(({ value }) => value);
    case 'macro':
      return defaultsOf(node.parameters);
    case 'call-block':
      return [node.call, ...defaultsOf(node.parameters)];
    case 'filter-block':
      return [node.filter];
    case 'autoescape':
      return [node.enabled];
    default:
      return 'template' in node ? [node.template] : [];
  }
}

/** An expression and all that it is made of. */
export function listExpressions(root: ExpressionNode): ExpressionNode[] {
  const found: ExpressionNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    found.push(node);
    if (node.kind !== 'name') pending.push(...childrenOf(node).reverse());
  }
  return found;
}

/** A name that a statement gives a value to. */
export interface BoundName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The names that a statement binds: of loops, assignments, macros, their parameters, and imports. */
export function boundNames(node: StatementNode): BoundName[] {
  switch (node.kind) {
    case 'for':
    case 'set':
    case 'set-block':
      return targetNames(node.target);
    case 'with':
      return node.bindings.flatMap(({ target }) => targetNames(target));
    case 'macro':
      return [{ name: node.name, line: node.line, column: node.column }, ...node.parameters];
    case 'call-block':
      return [...node.parameters];
    case 'import':
      return [{ name: node.alias, line: node.line, column: node.column }];
    case 'from-import':
      return node.names.map(({ alias, line, column }) => ({ name: alias, line, column }));
    default:
      return [];
  }
}

function targetNames(target: TargetNode): BoundName[] {
  if (target.kind === 'name' || target.kind === 'root-target') return [target];
  return target.kind === 'tuple-target' ? target.items.flatMap(targetNames) : [];
}

function defaultsOf(parameters: readonly { readonly default: ExpressionNode | undefined }[]): ExpressionNode[] {
  return parameters.flatMap((parameter) => parameter.default ?? []);
}
