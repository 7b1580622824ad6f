import { checkPath } from '../manifest/check-paths.ts';
import type { Problems } from '../manifest/problems.ts';
import { readBoolean, readEntries, readKey, readString, readTable, type Table } from '../manifest/table.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, type FileEntry, type FileTree } from '../tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../tree/project-path.ts';
import type { CaseStart } from './pack-case.ts';

/** Reads `[start]`: what the directory of the project has before anything is generated. */
export function readStart(document: Table, problems: Problems): CaseStart | undefined {
  if (readKey(document, 'start') === undefined) return undefined;
  const table = readTable(document, 'start');
  const directory = readString(table, 'directory')?.replace(/\/$/, '');
  const reason = directory === undefined ? undefined : findPackPathProblem(directory);
  if (directory !== undefined && reason !== undefined) problems.unsafePath(['start', 'directory'], directory, reason);
  const files = new Map<string, string>();
  for (const [path, text] of readEntries(table, 'files')) {
    checkPath(['start', 'files', path], path, problems);
    if (typeof text === 'string') files.set(path, text);
  }
  if (directory === undefined && files.size === 0) {
    problems.conflict(['start'], 'it has neither `directory` nor `files`', 'name a directory of the pack, or give texts by path');
  }
  return { directory, files, overwrite: readBoolean(table, 'overwrite') ?? false };
}

/** The files that the directory has: those of the pack's directory, and the texts of the case in their place or beside them. */
export function startTree({ directory, files }: CaseStart, pack: FileTree): FileTree {
  const tree = new Map<ProjectPath, FileEntry>();
  const prefix = `${directory}/`;
  if (directory !== undefined) {
    for (const [path, entry] of pack) if (path.startsWith(prefix)) tree.set(path.slice(prefix.length) as ProjectPath, entry);
  }
  for (const [path, text] of files) {
    tree.set(path as ProjectPath, { content: encodeUtf8(text), mode: tree.get(path as ProjectPath)?.mode ?? DEFAULT_MODE });
  }
  return tree;
}
