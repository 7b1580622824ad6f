import type { BinaryOperator } from '../jinja/nodes.ts';
import type { JinjaValue } from '../jinja/values.ts';

/** Where something stands in a module. */
export interface At {
  readonly line: number;
}

export interface PythonArgument {
  readonly value: PythonExpression;
  readonly name?: string;
  /** 1 for `*`, 2 for `**`. */
  readonly stars: 0 | 1 | 2;
}

/** One `for … in … if …` of a comprehension. */
export interface Clause {
  readonly target: PythonExpression;
  readonly items: PythonExpression;
  readonly conditions: readonly PythonExpression[];
}

export interface Parameter {
  readonly name: string;
  readonly kind: 'plain' | 'named' | 'rest' | 'restNamed';
  readonly fallback?: PythonExpression;
}

/** A part of an f-string that is no text. */
export interface Replacement {
  readonly value: PythonExpression;
  readonly conversion: string;
  readonly spec: readonly (string | Replacement)[];
}

export type CompareSign = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export type PythonExpression = At &
  (
    | { readonly kind: 'constant'; readonly value: JinjaValue }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: PythonExpression; readonly name: string }
    | { readonly kind: 'item'; readonly object: PythonExpression; readonly index: PythonExpression }
    | { readonly kind: 'slice'; readonly object: PythonExpression; readonly bounds: readonly (PythonExpression | undefined)[] }
    | { readonly kind: 'call'; readonly callee: PythonExpression; readonly arguments: readonly PythonArgument[] }
    | { readonly kind: 'not'; readonly operand: PythonExpression }
    | { readonly kind: 'sign'; readonly operator: '-' | '+'; readonly operand: PythonExpression }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: PythonExpression; readonly right: PythonExpression }
    | { readonly kind: 'merge'; readonly left: PythonExpression; readonly right: PythonExpression }
    | { readonly kind: 'logical'; readonly operator: 'and' | 'or'; readonly left: PythonExpression; readonly right: PythonExpression }
    | { readonly kind: 'compare'; readonly left: PythonExpression; readonly rest: readonly (readonly [CompareSign, PythonExpression])[] }
    | { readonly kind: 'choice'; readonly test: PythonExpression; readonly yes: PythonExpression; readonly no: PythonExpression }
    | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PythonExpression[] }
    | { readonly kind: 'dict'; readonly entries: readonly (readonly [PythonExpression | undefined, PythonExpression])[] }
    | {
        readonly kind: 'comprehension';
        readonly makes: 'list' | 'set' | 'dict';
        readonly key: PythonExpression | undefined;
        readonly value: PythonExpression;
        readonly clauses: readonly Clause[];
      }
    | { readonly kind: 'lambda'; readonly parameters: readonly Parameter[]; readonly body: PythonExpression }
    | { readonly kind: 'text'; readonly parts: readonly (string | Replacement)[] }
    | { readonly kind: 'star'; readonly value: PythonExpression }
    | { readonly kind: 'walrus'; readonly name: string; readonly value: PythonExpression }
    | { readonly kind: 'yield'; readonly value: PythonExpression; readonly isFrom: boolean }
  );

export type FunctionNode = At & {
  readonly kind: 'function';
  readonly isGenerator: boolean;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly decorators: readonly PythonExpression[];
};

export type ClassNode = At & {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly PythonExpression[];
  readonly body: readonly Statement[];
  readonly decorators: readonly PythonExpression[];
};

export interface Handler {
  readonly types: PythonExpression | undefined;
  readonly name: string | undefined;
  readonly body: readonly Statement[];
}

/** What a `with` is entered with, and what takes it. */
export interface WithItem {
  readonly manager: PythonExpression;
  readonly target: PythonExpression | undefined;
}

/** A `case` of a `match`. */
export interface MatchCase {
  readonly pattern: PythonExpression;
  readonly as: string | undefined;
  readonly guard: PythonExpression | undefined;
  readonly body: readonly Statement[];
}

export type Statement =
  | FunctionNode
  | ClassNode
  | (At &
      (
        | { readonly kind: 'expression'; readonly value: PythonExpression }
        | { readonly kind: 'assign'; readonly targets: readonly PythonExpression[]; readonly value: PythonExpression }
        | {
            readonly kind: 'change';
            readonly target: PythonExpression;
            readonly operator: BinaryOperator | '|';
            readonly value: PythonExpression;
          }
        | { readonly kind: 'delete'; readonly targets: readonly PythonExpression[] }
        | { readonly kind: 'pass' | 'break' | 'continue' }
        | {
            readonly kind: 'if';
            readonly test: PythonExpression;
            readonly body: readonly Statement[];
            readonly otherwise: readonly Statement[];
          }
        | {
            readonly kind: 'for';
            readonly target: PythonExpression;
            readonly items: PythonExpression;
            readonly body: readonly Statement[];
            readonly otherwise: readonly Statement[];
          }
        | {
            readonly kind: 'while';
            readonly test: PythonExpression;
            readonly body: readonly Statement[];
            readonly otherwise: readonly Statement[];
          }
        | { readonly kind: 'return'; readonly value: PythonExpression | undefined }
        | { readonly kind: 'raise'; readonly value: PythonExpression | undefined }
        | { readonly kind: 'assert'; readonly test: PythonExpression; readonly message: PythonExpression | undefined }
        | {
            readonly kind: 'try';
            readonly body: readonly Statement[];
            readonly handlers: readonly Handler[];
            readonly otherwise: readonly Statement[];
            readonly last: readonly Statement[];
          }
        | { readonly kind: 'annotate'; readonly name: string }
        | { readonly kind: 'with'; readonly items: readonly WithItem[]; readonly body: readonly Statement[] }
        | { readonly kind: 'match'; readonly subject: PythonExpression; readonly cases: readonly MatchCase[] }
        | { readonly kind: 'import'; readonly module: string; readonly as: string | undefined }
        | { readonly kind: 'from'; readonly module: string; readonly names: readonly (readonly [string, string])[] | undefined }
        | { readonly kind: 'scope'; readonly names: readonly string[]; readonly isGlobal: boolean }
      ));
