/**
 * The public syntax tree of a template. Every node is plain data with the line and column (from 1) where it starts.
 * Comments and whitespace control are resolved while reading, so they do not appear.
 */
export interface NodePosition {
  readonly line: number;
  readonly column: number;
}

/** A whole template: its statements, and every block it declares at any depth, by name. */
export interface TemplateNode extends NodePosition {
  readonly kind: 'template';
  readonly name: string;
  readonly body: readonly StatementNode[];
  readonly blocks: ReadonlyMap<string, BlockNode>;
}

export interface TextNode extends NodePosition {
  readonly kind: 'text';
  readonly text: string;
}

export interface OutputNode extends NodePosition {
  readonly kind: 'output';
  readonly expression: ExpressionNode;
}

export interface IfNode extends NodePosition {
  readonly kind: 'if';
  /** `if` and every `elif`, in order. */
  readonly branches: readonly { readonly test: ExpressionNode; readonly body: readonly StatementNode[] }[];
  readonly otherwise: readonly StatementNode[];
}

export interface ForNode extends NodePosition {
  readonly kind: 'for';
  readonly target: TargetNode;
  readonly iterable: ExpressionNode;
  readonly filter: ExpressionNode | undefined;
  readonly recursive: boolean;
  readonly body: readonly StatementNode[];
  readonly otherwise: readonly StatementNode[];
}

export interface SetNode extends NodePosition {
  readonly kind: 'set';
  readonly target: TargetNode;
  readonly value: ExpressionNode;
}

export interface SetBlockNode extends NodePosition {
  readonly kind: 'set-block';
  readonly target: TargetNode;
  readonly filter: FilterNode | undefined;
  readonly body: readonly StatementNode[];
}

export interface WithNode extends NodePosition {
  readonly kind: 'with';
  readonly bindings: readonly { readonly target: TargetNode; readonly value: ExpressionNode }[];
  readonly body: readonly StatementNode[];
}

export interface ParameterNode extends NodePosition {
  readonly name: string;
  readonly default: ExpressionNode | undefined;
}

/** What a macro or call body makes use of, beyond its parameters. */
export interface MacroUses {
  readonly varargs: boolean;
  readonly kwargs: boolean;
  readonly caller: boolean;
}

export interface MacroNode extends NodePosition {
  readonly kind: 'macro';
  readonly name: string;
  readonly parameters: readonly ParameterNode[];
  readonly uses: MacroUses;
  readonly body: readonly StatementNode[];
}

export interface CallBlockNode extends NodePosition {
  readonly kind: 'call-block';
  readonly call: CallNode;
  readonly parameters: readonly ParameterNode[];
  readonly uses: MacroUses;
  readonly body: readonly StatementNode[];
}

export interface FilterBlockNode extends NodePosition {
  readonly kind: 'filter-block';
  readonly filter: FilterNode;
  readonly body: readonly StatementNode[];
}

export interface IncludeNode extends NodePosition {
  readonly kind: 'include';
  readonly template: ExpressionNode;
  readonly ignoreMissing: boolean;
  readonly withContext: boolean;
}

export interface ImportNode extends NodePosition {
  readonly kind: 'import';
  readonly template: ExpressionNode;
  readonly alias: string;
  readonly withContext: boolean;
}

export interface FromImportNode extends NodePosition {
  readonly kind: 'from-import';
  readonly template: ExpressionNode;
  readonly names: readonly (NodePosition & { readonly name: string; readonly alias: string })[];
  readonly withContext: boolean;
}

export interface ExtendsNode extends NodePosition {
  readonly kind: 'extends';
  readonly template: ExpressionNode;
}

export interface BlockNode extends NodePosition {
  readonly kind: 'block';
  readonly name: string;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: readonly StatementNode[];
}

export interface AutoescapeNode extends NodePosition {
  readonly kind: 'autoescape';
  readonly enabled: ExpressionNode;
  readonly body: readonly StatementNode[];
}

export interface DoNode extends NodePosition {
  readonly kind: 'do';
  readonly expression: ExpressionNode;
}

export interface LoopControlNode extends NodePosition {
  readonly kind: 'break' | 'continue';
}

export type StatementNode =
  | TextNode
  | OutputNode
  | IfNode
  | ForNode
  | SetNode
  | SetBlockNode
  | WithNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | IncludeNode
  | ImportNode
  | FromImportNode
  | ExtendsNode
  | BlockNode
  | AutoescapeNode
  | DoNode
  | LoopControlNode;

export interface LiteralNode extends NodePosition {
  readonly kind: 'literal';
  readonly value: string | number | bigint | boolean | null;
}

/** A number that was written with a point or an exponent: a float even when its value is whole. */
export interface FloatNode extends NodePosition {
  readonly kind: 'float';
  readonly value: number;
}

export interface NameNode extends NodePosition {
  readonly kind: 'name';
  readonly name: string;
}

export interface SequenceNode extends NodePosition {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly ExpressionNode[];
}

export interface DictNode extends NodePosition {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: ExpressionNode; readonly value: ExpressionNode }[];
}

export interface UnaryNode extends NodePosition {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: ExpressionNode;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

export interface BinaryNode extends NodePosition {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface LogicalNode extends NodePosition {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** A comparison, chained as in Python: `a < b < c` is `a < b and b < c` with `b` evaluated once. */
export interface CompareNode extends NodePosition {
  readonly kind: 'compare';
  readonly left: ExpressionNode;
  readonly comparisons: readonly { readonly operator: CompareOperator; readonly right: ExpressionNode }[];
}

export interface ConcatNode extends NodePosition {
  readonly kind: 'concat';
  readonly parts: readonly ExpressionNode[];
}

export interface ConditionalNode extends NodePosition {
  readonly kind: 'conditional';
  readonly test: ExpressionNode;
  readonly value: ExpressionNode;
  readonly otherwise: ExpressionNode | undefined;
}

export interface AttributeNode extends NodePosition {
  readonly kind: 'attribute';
  readonly object: ExpressionNode;
  readonly name: string;
}

export interface SubscriptNode extends NodePosition {
  readonly kind: 'subscript';
  readonly object: ExpressionNode;
  readonly index: ExpressionNode;
}

export interface SliceNode extends NodePosition {
  readonly kind: 'slice';
  readonly object: ExpressionNode;
  readonly start: ExpressionNode | undefined;
  readonly stop: ExpressionNode | undefined;
  readonly step: ExpressionNode | undefined;
}

export interface ArgumentNode {
  readonly kind: 'positional' | 'named' | 'spread' | 'spread-named';
  /** The keyword of a named argument; otherwise empty. */
  readonly name: string;
  readonly value: ExpressionNode;
}

export interface CallNode extends NodePosition {
  readonly kind: 'call';
  readonly callee: ExpressionNode;
  readonly arguments: readonly ArgumentNode[];
}

export interface FilterNode extends NodePosition {
  readonly kind: 'filter';
  /** What is filtered; absent at the start of the chain of a `filter` block or a block `set`. */
  readonly input: ExpressionNode | undefined;
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface TestNode extends NodePosition {
  readonly kind: 'test';
  readonly input: ExpressionNode;
  readonly name: string;
  readonly negated: boolean;
  readonly arguments: readonly ArgumentNode[];
}

export type ExpressionNode =
  | LiteralNode
  | FloatNode
  | NameNode
  | SequenceNode
  | DictNode
  | UnaryNode
  | BinaryNode
  | LogicalNode
  | CompareNode
  | ConcatNode
  | ConditionalNode
  | AttributeNode
  | SubscriptNode
  | SliceNode
  | CallNode
  | FilterNode
  | TestNode;

/** `namespace.attribute` as the target of an assignment. */
export interface NamespaceTargetNode extends NodePosition {
  readonly kind: 'namespace-target';
  readonly namespace: string;
  readonly attribute: string;
}

export interface TupleTargetNode extends NodePosition {
  readonly kind: 'tuple-target';
  readonly items: readonly TargetNode[];
}

/** A name of the whole template, whatever it is assigned in: what Liquid's `assign` gives a value to. */
export interface RootTargetNode extends NodePosition {
  readonly kind: 'root-target';
  readonly name: string;
}

export type TargetNode = NameNode | NamespaceTargetNode | TupleTargetNode | RootTargetNode;
