import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { foldPath, type ProjectPath, parseProjectPath } from '../tree/project-path.ts';

/**
 * Parses the path a template writes or injects to: a path of the project that is nobody else's. packsmith's own records and what is inside a
 * git repository's directory (a file there can make git run a program) are refused in whatever letters a file system takes for the same.
 *
 * @throws PacksmithError `PATH_ESCAPES_PROJECT`.
 */
export function parseOutputPath(text: string): ProjectPath {
  const path = parseProjectPath(text);
  const owner = findOwner(foldPath(path.replace(IGNORED_CHARACTERS, '')).split('/'));
  if (owner === undefined) return path;
  throw new PacksmithError('PATH_ESCAPES_PROJECT', `a pack may not write ${JSON.stringify(text)}: ${owner}`);
}

function findOwner(segments: readonly string[]): string | undefined {
  const [first, ...rest] = segments;
  if (first === '.packsmith') return 'packsmith keeps its records there';
  if (rest.length === 0 && (first === 'packsmith.toml' || first === 'packsmith.lock')) return 'it is a record of packsmith';
  return segments.some((segment) => segment === '.git' || segment === 'git~1')
    ? "it is inside a git repository's own directory"
    : undefined;
}

/** HFS+ compares names as if these were not there. */
const IGNORED_CHARACTERS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
