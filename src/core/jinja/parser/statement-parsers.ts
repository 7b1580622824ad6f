import type { NodePosition, StatementNode } from '../nodes.ts';

/** What the readers of single statements need of the statement reader. */
export interface StatementParsers {
  /** Reads the body of a tag through its end tag (one of `ends`); returns which one ended it. */
  readTagBody(tag: string, at: NodePosition, ends: readonly string[]): { readonly body: StatementNode[]; readonly end: string };
}
