import { plainText } from '../../reconcile/text/text-lines.ts';
import type { MergeInput } from './merge-driver.ts';

/** The texts of a merge as they are compared: one kind of line end, no byte order mark, a final newline. */
export interface PlainSides {
  readonly base?: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Makes the sides of a merge comparable. */
export function plainSides({ base, ours, theirs }: MergeInput): PlainSides {
  return { ours: plainText(ours), theirs: plainText(theirs), ...(base === undefined ? {} : { base: plainText(base) }) };
}
