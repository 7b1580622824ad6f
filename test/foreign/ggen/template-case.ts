import type { TemplateFiles } from '../template-world.ts';

/** One pack of ggen with what it gives by its documentation (of seanchatmangpt/ggen): no package of it can be installed by the test run. */
export interface GgenCase {
  readonly name: string;
  /** Where it says so. */
  readonly documented: string;
  readonly files: TemplateFiles;
  readonly answers?: Readonly<Record<string, string>>;
  /** Every file of the result but packsmith's own records. */
  readonly gives: Readonly<Record<string, string>>;
  /** What the report has besides what was translated. */
  readonly reports?: readonly string[];
}
