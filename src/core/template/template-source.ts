import type { TemplateDeclaration } from '../pack/pack-manifest.ts';
import type { FileEntry } from '../tree/file-tree.ts';

/** One thing of a pack that can become files: what it reads, and the declaration that shapes it, if there is one. */
export interface TemplateSource {
  /** What errors and the lockfile call it. */
  readonly name: string;
  readonly entry: FileEntry | undefined;
  readonly declaration: TemplateDeclaration | undefined;
  /** The template of the output path; `undefined` for an injection. */
  readonly outputTemplate: string | undefined;
  /** Whether each segment that renders to nothing leaves the file out, as the convention has it. */
  readonly isConvention: boolean;
  /** Whether the content is rendered, or copied byte for byte. */
  readonly isRendered: boolean;
  /** Where it is of a template of another tool. */
  readonly foreign?: ForeignFile;
}

/** How a file of another tool's template is rendered: its path is one template, and it is left out where a name in that renders to nothing. */
export interface ForeignFile {
  /** What follows the rendered path, as it is. */
  readonly rest: string;
  /** What every newline of the text becomes. */
  readonly newLines: string | undefined;
}
