import type { RhaiValue } from './values.ts';

/** Where a value stands: it can be read and replaced there. */
export interface Place {
  readonly value: RhaiValue;
  readonly set: (value: RhaiValue) => void;
  /** The constant that it is part of, which nothing changes. */
  readonly constant?: string | undefined;
  /** Behind a `?.` or `?[` of `()`: what follows in the chain is left out. */
  readonly isEnded?: boolean;
}

/** A value that stands nowhere. */
export function detached(value: RhaiValue): Place {
  return { value, set: () => undefined };
}
