import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { foldPath } from '../tree/project-path.ts';
import type { RenderedFile } from './rendered-pack.ts';

/** One spelling of a file or directory, and the file that brought it. */
interface Spelling {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly file: RenderedFile;
}

/**
 * Finds files of one pack that cannot stand beside each other: two of one path, paths that a file system takes for one because it ignores case or
 * Unicode form (of a directory too), and a file where another needs a directory. One finding for each file that comes second.
 */
export function findCollisions(files: readonly RenderedFile[]): Diagnostic[] {
  const known = new Map<string, Spelling>();
  return files.flatMap((file): Diagnostic[] => {
    for (const spelling of spellingsOf(file)) {
      const folded = foldPath(spelling.path);
      const other = known.get(folded);
      if (other === undefined) known.set(folded, spelling);
      else if (other.path !== spelling.path || !other.isDirectory || !spelling.isDirectory) return [describe(other, spelling)];
    }
    return [];
  });
}

/** The directories of a file from the top down, and the file. */
function spellingsOf(file: RenderedFile): Spelling[] {
  const segments = file.path.split('/');
  return segments.map((_, index) => ({ path: segments.slice(0, index + 1).join('/'), isDirectory: index < segments.length - 1, file }));
}

function describe(first: Spelling, second: Spelling): Diagnostic {
  return {
    code: 'TEMPLATE_COLLISION',
    severity: 'error',
    message: `${first.file.template} and ${second.file.template} both ${explain(first, second)}`,
    where: { file: second.file.template },
  };
}

function explain(first: Spelling, second: Spelling): string {
  const noun = first.isDirectory ? 'directory' : 'file';
  if (first.isDirectory !== second.isDirectory) return `need ${second.path}, one as a file and one as a directory`;
  return first.path === second.path
    ? `write ${first.path}`
    : `write ${first.path} and ${second.path}, which are one ${noun} where case is ignored`;
}
