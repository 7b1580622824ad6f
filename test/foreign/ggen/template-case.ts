import type { DocumentedCase } from '../documented-case.ts';

/** One pack of ggen; its documentation is that of seanchatmangpt/ggen. */
export interface GgenCase extends DocumentedCase {
  /** What the report has besides what was translated. */
  readonly reports?: readonly string[];
}
