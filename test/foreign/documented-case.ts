import type { TemplateFiles } from './template-world.ts';

/** One template with what it gives by its tool's documentation: no package of the tool can be installed by the test run. */
export interface DocumentedCase {
  readonly name: string;
  /** Where the documentation says so: each tool's cases say of which. */
  readonly documented: string;
  readonly files: TemplateFiles;
  readonly answers?: Readonly<Record<string, string>>;
  /** Every file of the result but packsmith's own records. */
  readonly gives: Readonly<Record<string, string>>;
}

/** One template that is refused: what stands in the message. */
export interface RefusedCase {
  readonly name: string;
  readonly files: TemplateFiles;
  readonly answers?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}
