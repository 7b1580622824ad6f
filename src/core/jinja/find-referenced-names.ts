import type { ArgumentNode, ExpressionNode, NameNode, ParameterNode, StatementNode, TargetNode, TemplateNode } from './nodes.ts';

export interface ReferencedName {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Lists the free names of a template: each place where a name is read that the template itself has not bound there, in the order they stand.
 * Global functions and what `import` brings are bound; what included templates read is not looked into.
 */
export function findReferencedNames(template: TemplateNode): ReferencedName[] {
  const finder = new NameFinder();
  finder.body(template.body, new Set(['self', ...GLOBALS]));
  return finder.found;
}

/** A filter or test that a template uses. */
export interface ReferencedFunction extends ReferencedName {
  readonly kind: 'filter' | 'test';
}

/** Lists the filters and tests that a template uses, each at every place. */
export function findReferencedFunctions(template: TemplateNode): ReferencedFunction[] {
  const finder = new NameFinder();
  finder.body(template.body, new Set());
  return finder.functions;
}

const GLOBALS = ['range', 'dict', 'namespace', 'cycler', 'joiner', 'lipsum'];

class NameFinder {
  readonly found: ReferencedName[] = [];
  readonly functions: ReferencedFunction[] = [];

  body(nodes: readonly StatementNode[], bound: Set<string>): void {
    for (const node of nodes) this.statement(node, bound);
  }

  private statement(node: StatementNode, bound: Set<string>): void {
    switch (node.kind) {
      case 'output':
      case 'do':
        this.expressions([node.expression], bound);
        return;
      case 'if':
        this.branches(node, bound);
        return;
      case 'for':
        this.loop(node, bound);
        return;
      case 'set':
        this.expressions([node.value], bound);
        this.bind(node.target, bound);
        return;
      case 'set-block':
        if (node.filter !== undefined) this.expressions([node.filter], bound);
        this.body(node.body, new Set(bound));
        this.bind(node.target, bound);
        return;
      case 'with':
        this.with(node, bound);
        return;
      case 'macro':
        bound.add(node.name);
        this.callable(node.parameters, node.body, bound);
        return;
      case 'call-block':
        this.expressions([node.call], bound);
        this.callable(node.parameters, node.body, bound);
        return;
      default:
        this.otherStatement(node, bound);
        return;
    }
  }

  private otherStatement(
    node: Exclude<StatementNode, { kind: 'output' | 'do' | 'if' | 'for' | 'set' | 'set-block' | 'with' | 'macro' | 'call-block' }>,
    bound: Set<string>,
  ): void {
    switch (node.kind) {
      case 'filter-block':
        this.expressions([node.filter], bound);
        this.body(node.body, new Set(bound));
        return;
      case 'autoescape':
        this.expressions([node.enabled], bound);
        this.body(node.body, new Set(bound));
        return;
      case 'block':
        this.body(node.body, new Set([...bound, 'super']));
        return;
      case 'include':
      case 'extends':
        this.expressions([node.template], bound);
        return;
      case 'import':
        this.expressions([node.template], bound);
        bound.add(node.alias);
        return;
      case 'from-import':
        this.expressions([node.template], bound);
        for (const { alias } of node.names) bound.add(alias);
        return;
      default:
        return;
    }
  }

  /** A name counts as bound after an `if` only when every branch binds it. */
  private branches(node: Extract<StatementNode, { kind: 'if' }>, bound: Set<string>): void {
    const ends: Set<string>[] = [];
    for (const branch of node.branches) {
      this.expressions([branch.test], bound);
      const inner = new Set(bound);
      this.body(branch.body, inner);
      ends.push(inner);
    }
    const otherwise = new Set(bound);
    this.body(node.otherwise, otherwise);
    for (const name of otherwise) if (ends.every((end) => end.has(name))) bound.add(name);
  }

  private loop(node: Extract<StatementNode, { kind: 'for' }>, bound: Set<string>): void {
    this.expressions([node.iterable], bound);
    const inner = new Set(bound);
    this.bind(node.target, inner);
    if (node.filter !== undefined) this.expressions([node.filter], inner);
    inner.add('loop');
    this.body(node.body, inner);
    this.body(node.otherwise, new Set(bound));
  }

  private with(node: Extract<StatementNode, { kind: 'with' }>, bound: Set<string>): void {
    this.expressions(
      node.bindings.map((binding) => binding.value),
      bound,
    );
    const inner = new Set(bound);
    for (const binding of node.bindings) this.bind(binding.target, inner);
    this.body(node.body, inner);
  }

  private callable(parameters: readonly ParameterNode[], body: readonly StatementNode[], bound: Set<string>): void {
    const inner = new Set([...bound, 'varargs', 'kwargs', 'caller']);
    for (const parameter of parameters) {
      if (parameter.default !== undefined) this.expressions([parameter.default], inner);
      inner.add(parameter.name);
    }
    this.body(body, inner);
  }

  private bind(target: TargetNode, bound: Set<string>): void {
    if (target.kind === 'name' || target.kind === 'root-target') bound.add(target.name);
    else if (target.kind === 'tuple-target') for (const item of target.items) this.bind(item, bound);
    else if (!bound.has(target.namespace)) this.found.push({ name: target.namespace, line: target.line, column: target.column });
  }

  /** Chains of operators can be long, so expressions are walked without recursion. */
  private expressions(roots: readonly ExpressionNode[], bound: ReadonlySet<string>): void {
    const pending: ExpressionNode[] = [...roots].reverse();
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.kind === 'name') {
        this.name(node, bound);
        continue;
      }
      const { kind, line, column } = node;
      if (kind === 'filter' || kind === 'test') this.functions.push({ kind, name: node.name, line, column });
      pending.push(...childrenOf(node).reverse());
    }
  }

  private name(node: NameNode, bound: ReadonlySet<string>): void {
    if (!bound.has(node.name)) this.found.push({ name: node.name, line: node.line, column: node.column });
  }
}

/** What an expression is made of, in the order it is written. */
export function childrenOf(node: Exclude<ExpressionNode, NameNode>): ExpressionNode[] {
  switch (node.kind) {
    case 'list':
    case 'tuple':
      return [...node.items];
    case 'dict':
      return node.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logical':
      return [node.left, node.right];
    case 'compare':
      return [node.left, ...node.comparisons.map((comparison) => comparison.right)];
    case 'concat':
      return [...node.parts];
    case 'conditional':
      return present([node.value, node.test, node.otherwise]);
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, node.index];
    case 'slice':
      return present([node.object, node.start, node.stop, node.step]);
    case 'call':
      return [node.callee, ...values(node.arguments)];
    case 'filter':
    case 'test':
      return present([node.input, ...values(node.arguments)]);
    default:
      return [];
  }
}

function values(nodes: readonly ArgumentNode[]): ExpressionNode[] {
  return nodes.map((node) => node.value);
}

function present(nodes: readonly (ExpressionNode | undefined)[]): ExpressionNode[] {
  return nodes.filter((node) => node !== undefined);
}
