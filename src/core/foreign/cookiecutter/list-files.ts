import type { TemplateSource } from '../../template/template-source.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { type FileEntry, type FileTree, sortedPaths } from '../../tree/file-tree.ts';
import { newLinesOf } from '../new-lines.ts';
import { isBinary } from './is-binary.ts';
import { matchesName } from './match-name.ts';
import type { TemplateSettings } from './read-settings.ts';

/**
 * The folder that cookiecutter renders: the first at the top whose name has `cookiecutter` and the delimiters of an expression in it.
 * Undefined where there is none.
 */
export function findTemplateFolder(files: FileTree, { settings }: TemplateSettings): string | undefined {
  const start = settings.delimiters?.variableStart ?? '{{';
  const end = settings.delimiters?.variableEnd ?? '}}';
  for (const path of sortedPaths(files)) {
    const [folder = '', ...rest] = path.split('/');
    if (rest.length > 0 && folder.includes('cookiecutter') && folder.includes(start) && folder.includes(end)) return folder;
  }
  return undefined;
}

/** Every file of the template folder, with how it is rendered. Paths are relative to that folder, whose place the project's directory takes. */
export function listFiles(files: FileTree, folder: string, settings: TemplateSettings): TemplateSource[] {
  return sortedPaths(files)
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => toSource(path.slice(folder.length + 1), path, files.get(path), settings));
}

function toSource(path: string, name: string, entry: FileEntry | undefined, settings: TemplateSettings): TemplateSource {
  const copiedFolder = findCopiedFolder(path, settings);
  const isCopied = copiedFolder !== undefined || isCopiedAsItIs(path, settings);
  const content = entry?.content ?? new Uint8Array();
  const text = isCopied || isBinary(content) ? undefined : decodeUtf8(content);
  return {
    name,
    entry,
    declaration: undefined,
    outputTemplate: copiedFolder ?? path,
    isConvention: true,
    isRendered: text !== undefined,
    foreign: {
      rest: copiedFolder === undefined ? '' : path.slice(copiedFolder.length),
      newLines: settings.newLines ?? (text === undefined ? undefined : newLinesOf(content)),
    },
  };
}

/** The outermost folder above a file that is copied whole: its own path is rendered, the names in it are not. */
function findCopiedFolder(path: string, settings: TemplateSettings): string | undefined {
  const segments = path.split('/');
  for (let depth = 1; depth < segments.length; depth++) {
    const folder = segments.slice(0, depth).join('/');
    if (isCopiedAsItIs(folder, settings)) return folder;
  }
  return undefined;
}

function isCopiedAsItIs(path: string, { copied }: TemplateSettings): boolean {
  return copied.some((pattern) => matchesName(path, pattern));
}
