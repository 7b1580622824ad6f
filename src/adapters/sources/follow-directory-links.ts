import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { FileEntry } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';

/** Links to directories may lead to one another: so many are followed, as they are met, in one tree. */
export const MAX_FOLLOWED_LINKS = 1000;

/**
 * Puts the files of directories that links lead to below these links, as Copier does by following them; a link to a directory that it stands in, or
 * that led to it, is left out.
 *
 * @param links where each leads, both from the top of the tree.
 * @throws PacksmithError `PACK_TOO_LARGE` for more files than a pack may have, or too many links.
 */
export function followDirectoryLinks(tree: Map<ProjectPath, FileEntry>, links: ReadonlyMap<string, string>): void {
  const files = [...tree];
  let followed = 0;
  const follow = (at: string, target: string, above: readonly string[]): void => {
    if (above.includes(target)) return;
    if (++followed > MAX_FOLLOWED_LINKS) throw tooLarge(`it has links to directories that lead to more than ${MAX_FOLLOWED_LINKS} others`);
    const start = `${target}/`;
    for (const [path, entry] of below(files, start)) tree.set(`${at}/${path.slice(start.length)}` as ProjectPath, entry);
    if (tree.size > LIMITS.packFiles.maximum)
      throw tooLarge(`with what its links lead to it has more than ${LIMITS.packFiles.maximum} files`);
    for (const [link, next] of below(links, start))
      follow(`${at}/${link.slice(start.length)}`, next, [...above, target, ...directoriesOf(link)]);
  };
  for (const [link, target] of links) follow(link, target, directoriesOf(link));
}

function below<Entry extends readonly [path: string, unknown]>(entries: Iterable<Entry>, start: string): Entry[] {
  return [...entries].filter(([path]) => path.startsWith(start));
}

/** The directories that a path stands in, the top among them. */
function directoriesOf(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return ['', ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))];
}

/** @param message what is too large, behind the template's name */
export function tooLarge(message: string): PacksmithError {
  return new PacksmithError('PACK_TOO_LARGE', `the template is too large: ${message}`);
}
