import type { Value } from '../../pack/values.ts';

/** What a reader of TOML, YAML or JSON gives: the value and where its outermost keys are, or the first problem. Offsets count UTF-16 units. */
export type TreeOutcome =
  | { readonly kind: 'value'; readonly value: Value; readonly offsets: ReadonlyMap<string, number> }
  | { readonly kind: 'problem'; readonly problem: string; readonly offset: number };
