import type { Style } from './style.ts';

/** What a view may know about where its text goes. */
export interface Terminal {
  /** Columns of the terminal, or `undefined` where the output is none: then nothing is shortened. */
  readonly columns: number | undefined;
  readonly style: Style;
}
