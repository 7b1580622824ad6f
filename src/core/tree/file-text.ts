import { decodeText, decodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from './file-tree.ts';
import type { ProjectPath } from './project-path.ts';

const NOTHING = new Uint8Array();

/** The text of a file of a tree, empty where there is none; `undefined` where it is not UTF-8. */
export function utf8At(files: FileTree, path: string): string | undefined {
  return decodeUtf8(files.get(path as ProjectPath)?.content ?? NOTHING);
}

/** Reads texts of a tree by their paths below a folder, which ends with a slash; `undefined` where there is no file, or it is not UTF-8. */
export function textReader(files: FileTree, folder = ''): (path: string) => string | undefined {
  return (path) => {
    const entry = files.get(`${folder}${path}` as ProjectPath);
    return entry === undefined ? undefined : decodeUtf8(entry.content);
  };
}

/** The text of a file of a tree as a person edits it, empty where there is none; `undefined` where it is not UTF-8, or has NUL. */
export function textAt(files: FileTree, path: string): string | undefined {
  return decodeText(files.get(path as ProjectPath)?.content ?? NOTHING);
}
