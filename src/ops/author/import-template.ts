import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { TranslatedPart } from '../../core/foreign/foreign-template.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import { type LoadOptions, resolveOne } from '../packs/load-named-pack.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';

export interface ImportTemplateRequest extends LoadOptions {
  /** In the documented grammar; paths are relative to `workingDirectory`. */
  readonly reference: string;
  readonly id: PackName;
  /** Absolute. */
  readonly directory: string;
}

export interface ImportedTemplate {
  readonly id: PackName;
  readonly directory: string;
  readonly kind: string;
  readonly files: readonly ProjectPath[];
  /** What became of each part of the template. */
  readonly report: readonly TranslatedPart[];
}

/**
 * Writes a pack of its own that renders what a template of another tool does.
 * @throws PacksmithError as resolving does, `SOURCE_UNSUPPORTED` for what is a pack already and for kinds that are not translated, `DIRECTORY_IN_THE_WAY`, and those of a failing disk.
 */
export async function importTemplate(
  { reference, id, directory, ...options }: ImportTemplateRequest,
  ports: ResolvePorts & { readonly packFiles: PackFiles },
): Promise<ImportedTemplate> {
  const pack = await resolveOne(reference, options, ports);
  const foreign = pack.foreign ?? pack.translated;
  if (foreign === undefined) {
    throw new PacksmithError('SOURCE_UNSUPPORTED', `${reference} is no template of another tool: nothing has to be translated`, {
      hint: 'a bundle is imported without `--as`; a pack is used as it is',
    });
  }
  const translation = foreign.translate?.(id);
  if (translation === undefined) {
    throw new PacksmithError(
      'SOURCE_UNSUPPORTED',
      `templates of ${foreign.kind} are not translated to packs: ${reference} is used as it is`,
      {
        hint: `\`packs generate ${reference} DIR\` makes a project from it, and \`packs update\` follows its versions`,
      },
    );
  }
  const { files, report } = translation;
  await ports.packFiles.createDirectory(directory, files);
  return { id, directory, kind: foreign.kind, files: sortedPaths(files), report };
}
