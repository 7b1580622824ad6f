/** Where something begins in a script; both from 1. */
export interface RhaiPosition {
  readonly line: number;
  readonly column: number;
}

export type Operator = '+' | '-' | '*' | '/' | '%' | '**' | '<<' | '>>' | '&' | '|' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** One node of a script. Every statement is an expression: a block has the value of its last one. */
export type RhaiNode = RhaiPosition &
  (
    | { readonly kind: 'literal'; readonly value: Literal }
    | { readonly kind: 'template'; readonly parts: readonly (string | RhaiNode)[] }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'member'; readonly module: string; readonly name: string }
    | { readonly kind: 'array'; readonly items: readonly RhaiNode[] }
    | { readonly kind: 'map'; readonly entries: readonly (readonly [string, RhaiNode])[] }
    | { readonly kind: 'unary'; readonly operator: '-' | '!' | '+'; readonly operand: RhaiNode }
    | { readonly kind: 'binary'; readonly operator: Operator; readonly left: RhaiNode; readonly right: RhaiNode }
    | { readonly kind: 'logical'; readonly operator: '&&' | '||' | '??'; readonly left: RhaiNode; readonly right: RhaiNode }
    | { readonly kind: 'in'; readonly isNegated: boolean; readonly left: RhaiNode; readonly right: RhaiNode }
    | { readonly kind: 'range'; readonly isInclusive: boolean; readonly start: RhaiNode; readonly end: RhaiNode }
    | { readonly kind: 'assign'; readonly operator: Operator | undefined; readonly target: RhaiNode; readonly value: RhaiNode }
    | { readonly kind: 'index'; readonly target: RhaiNode; readonly index: RhaiNode; readonly isOptional: boolean }
    | { readonly kind: 'property'; readonly target: RhaiNode; readonly name: string; readonly isOptional: boolean }
    | CallNode
    | (MethodNode & { readonly kind: 'method' })
    | { readonly kind: 'closure'; readonly parameters: readonly string[]; readonly body: RhaiNode }
    | { readonly kind: 'block'; readonly body: readonly RhaiNode[] }
    | { readonly kind: 'if'; readonly condition: RhaiNode; readonly body: RhaiNode; readonly otherwise: RhaiNode | undefined }
    | { readonly kind: 'switch'; readonly value: RhaiNode; readonly cases: readonly SwitchCase[] }
    | LoopNode
    | {
        readonly kind: 'for';
        readonly name: string;
        readonly counter: string | undefined;
        readonly items: RhaiNode;
        readonly body: RhaiNode;
      }
    | { readonly kind: 'let'; readonly name: string; readonly value: RhaiNode | undefined; readonly isConstant: boolean }
    | { readonly kind: 'leave'; readonly how: 'return' | 'break' | 'exit'; readonly value: RhaiNode | undefined }
    | { readonly kind: 'continue' }
    | { readonly kind: 'throw'; readonly value: RhaiNode | undefined }
    | { readonly kind: 'try'; readonly body: RhaiNode; readonly name: string | undefined; readonly handler: RhaiNode }
  );

/** A number of the language: whole ones are of 64 bits. */
export type Literal = null | boolean | bigint | string | { readonly float: number } | { readonly char: string };

/** `module` is that of `module::name(…)`. */
interface CallNode {
  readonly kind: 'call';
  readonly module: string | undefined;
  readonly name: string;
  readonly args: readonly RhaiNode[];
}

interface MethodNode {
  readonly target: RhaiNode;
  readonly name: string;
  readonly args: readonly RhaiNode[];
  readonly isOptional: boolean;
}

/** Without a condition it ends by `break` only. */
interface LoopNode {
  readonly kind: 'loop';
  readonly condition: RhaiNode | undefined;
  /** `until` goes on while the condition is false. */
  readonly goesOnWhile: boolean;
  /** The condition is looked at behind the body. */
  readonly isDo: boolean;
  readonly body: RhaiNode;
}

/** Without values it is `_`. */
export interface SwitchCase {
  readonly values: readonly RhaiNode[] | undefined;
  readonly guard: RhaiNode | undefined;
  readonly body: RhaiNode;
}

export interface RhaiFunctionDefinition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: RhaiNode;
}

/** A script that was read. */
export interface RhaiScript {
  readonly name: string;
  readonly body: readonly RhaiNode[];
  /** By name and number of parameters. */
  readonly functions: ReadonlyMap<string, RhaiFunctionDefinition>;
}

export type NodeOf<Kind extends RhaiNode['kind']> = Extract<RhaiNode, { readonly kind: Kind }>;

/** By what a function is found. */
export function functionKey(name: string, parameters: number): string {
  return `${name}/${parameters}`;
}

/** Goes through nodes, outermost first; without recursion, for they may nest deeply. */
export function* walkNodes(nodes: readonly RhaiNode[]): Generator<RhaiNode> {
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    for (const child of childrenOf(node).reverse()) waiting.push(child);
  }
}

function childrenOf(node: object): RhaiNode[] {
  return Object.values(node).flatMap((part: unknown): RhaiNode[] => {
    if (typeof part !== 'object' || part === null) return [];
    return 'kind' in part ? [part as RhaiNode] : childrenOf(part);
  });
}
