import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { TranslatedPart } from '../../core/foreign/foreign-template.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { sortedPaths } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PackFiles } from '../../ports/pack-publisher.ts';
import { anchorReference } from '../packs/plan-install.ts';
import { resolvePacks } from '../packs/resolve-packs.ts';
import type { ResolvePorts } from '../packs/resolved-packs.ts';

export interface ImportTemplateRequest {
  /** In the documented grammar; paths are relative to `workingDirectory`. */
  readonly reference: string;
  readonly id: PackName;
  /** Absolute. */
  readonly directory: string;
  /** Absolute. */
  readonly workingDirectory: string;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
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
  { reference, id, directory, workingDirectory, offline, signal }: ImportTemplateRequest,
  ports: ResolvePorts & { readonly packFiles: PackFiles },
): Promise<ImportedTemplate> {
  const anchored = formatPackReference(anchorReference(parsePackReference(reference), workingDirectory));
  const demands = [{ reference: anchored, requestedBy: 'your request' }];
  const resolved = await resolvePacks({ demands, offline, ...(signal && { signal }) }, ports);
  const pack = await resolved.packs.find(({ asked }) => asked !== undefined)?.load();
  const foreign = pack?.foreign ?? pack?.translated;
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
