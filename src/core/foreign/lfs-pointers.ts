import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { type FileTree, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\n';

/** The files that Git LFS keeps elsewhere: what is there is only a pointer to each, sorted by path. */
export function listPointers(files: FileTree): ProjectPath[] {
  return sortedPaths(new Map([...files].filter(([, { content }]) => isPointer(content))));
}

/** Nearly every file is told by its first byte. */
function isPointer(content: Uint8Array): boolean {
  return content[0] === POINTER.charCodeAt(0) && decodeUtf8(content.subarray(0, POINTER.length)) === POINTER;
}

/** Templates are used all the same, as they are by their tools where Git LFS is not installed. */
export function remarkOnPointers(files: FileTree): Diagnostic[] {
  const [first, ...others] = listPointers(files);
  if (first === undefined) return [];
  const what = others.length === 0 ? 'this file is' : `this file and ${others.length} more are`;
  const message = `${what} kept in Git LFS, which is not asked: only the pointer is generated; for the content clone it, run \`git lfs pull\`, and use that folder`;
  return [{ code: 'FOREIGN_APPROXIMATED', severity: 'warning', message, where: { file: first } }];
}
