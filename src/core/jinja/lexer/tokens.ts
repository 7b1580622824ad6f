export type TokenType =
  | 'text'
  | 'variable-begin'
  | 'variable-end'
  | 'block-begin'
  | 'block-end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'end';

/** One lexical unit of a template; `line` and `column` count from 1. */
export interface Token {
  readonly type: TokenType;
  /** The text, the name, the operator, or the value of a string; a number as it was written without underscores. */
  readonly value: string;
  readonly line: number;
  readonly column: number;
}
