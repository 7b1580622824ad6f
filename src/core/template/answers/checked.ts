import type { Value } from '../../pack/values.ts';

/** A value of the right type within its limits, or why there is none: a clause about "it", and what was probably meant. */
export type Checked =
  | { readonly kind: 'valid'; readonly value: Value }
  | { readonly kind: 'invalid'; readonly problem: string; readonly nearest?: readonly string[] };
