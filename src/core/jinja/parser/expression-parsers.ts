import type { ExpressionNode } from '../nodes.ts';
import type { TokenStream } from './token-stream.ts';

/** The entry points of the expression grammar, handed to its parts so that they need not import each other. */
export interface ExpressionParsers {
  readonly expression: (stream: TokenStream) => ExpressionNode;
  readonly unconditional: (stream: TokenStream) => ExpressionNode;
  /** A primary expression with its postfixes, but without filters and tests. */
  readonly unary: (stream: TokenStream) => ExpressionNode;
}
