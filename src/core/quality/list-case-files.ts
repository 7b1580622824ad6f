import { type FileTree, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** The test cases of a pack: `tests/*.toml`. */
export function listCaseFiles(files: FileTree): ProjectPath[] {
  return sortedPaths(files).filter((path) => /^tests\/[^/]+\.toml$/.test(path));
}
