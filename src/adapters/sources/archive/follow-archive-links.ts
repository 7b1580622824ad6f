import { posix } from 'node:path';
import { type ForeignKind, foreignKindOf, foreignParts } from '../../../core/foreign/foreign-kind.ts';
import { findLimitProblem } from '../../../core/manifest/limits.ts';
import { utf8At } from '../../../core/tree/file-text.ts';
import type { FileEntry, FileTree } from '../../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import { followDirectoryLinks, tooLarge } from '../follow-directory-links.ts';

/** What an archive holds before its links are judged: of each link what it says, by its path. */
export interface UnpackedArchive {
  readonly files: FileTree;
  readonly links: ReadonlyMap<string, string>;
}

/** How many links may stand on the way from one to its file, as on Linux. */
const MAX_HOPS = 40;

/** How many names all links of an archive may have on their ways together. */
const MAX_STEPS = 100_000;

/**
 * Puts the files of the archive that links of a template of another tool lead to in their places, as for a folder or a commit: also files that are
 * no part of the template itself. Links to nothing are left out, those to directories where the tool does not follow them. Links that are no part
 * of the template are not looked at.
 *
 * @param directory of the template in the archive: empty, or with a `/` at its end.
 * @param named the kind of the template, where its file was named.
 * @returns what is wrong: for a pack each link, for a template those that lead out of the archive, and too many bytes or files.
 * @throws PacksmithError `PACK_TOO_LARGE` for links to directories without end, and for ways that are too long.
 */
export function followArchiveLinks(
  { files, links }: UnpackedArchive,
  directory: string,
  named?: ForeignKind,
): { readonly files: FileTree; readonly findings: string[] } {
  if (links.size === 0) return { files, findings: [] };
  const kind = named ?? foreignKindOf(below(files, directory), 'the archive');
  if (kind === undefined) return { files, findings: [...links.keys()].map(refusal) };
  const isPart = foreignParts(kind, (path) => utf8At(files, directory + path));
  const tree = new Map(files);
  const directories = new Map<string, string>();
  const findings: string[] = [];
  const all = directoriesOf(files);
  const way = { links, steps: 0 };
  for (const link of links.keys()) {
    if (!link.startsWith(directory) || !isPart(link.slice(directory.length))) continue;
    const target = resolveLink(link, way);
    if (target === 'outside') findings.push(`${refusal(link)} that leads out of it`);
    const entry = files.get(target as ProjectPath);
    if (entry !== undefined) tree.set(link as ProjectPath, entry);
    else if (kind === 'copier' && target !== undefined && all.has(target)) directories.set(link, target);
  }
  followDirectoryLinks(tree, directories);
  return { files: tree, findings: [...findings, ...findSizeProblems(tree)] };
}

/** What a link is where none may be. */
export function refusal(link: string): string {
  return `${JSON.stringify(link)} is a symbolic link`;
}

interface Way {
  readonly links: ReadonlyMap<string, string>;
  /** How many names were gone through so far. */
  steps: number;
}

/** Where a link leads in the end, from the top of the archive: `outside` of it, or `undefined` where that is nowhere. */
function resolveLink(link: string, way: Way): string | undefined {
  const ahead = link.split('/').reverse();
  let at = '';
  for (let hops = 0; ahead.length > 0; ) {
    if (++way.steps > MAX_STEPS) throw tooLarge(`its links lead over more than ${MAX_STEPS} others and directories`);
    const next = posix.join(at, ahead.pop() ?? '');
    const target = way.links.get(next);
    if (target === undefined) {
      if (next === '..' || next.startsWith('../')) return 'outside';
      at = next;
      continue;
    }
    if (target.startsWith('/')) return 'outside';
    if (++hops > MAX_HOPS) return undefined;
    ahead.push(...target.split('/').reverse());
  }
  return at;
}

function below(files: FileTree, directory: string): FileTree {
  if (directory === '') return files;
  const found = [...files].filter(([path]) => path.startsWith(directory));
  return new Map(found.map(([path, entry]): [ProjectPath, FileEntry] => [path.slice(directory.length) as ProjectPath, entry]));
}

function directoriesOf(files: FileTree): ReadonlySet<string> {
  return new Set([...files.keys()].flatMap((path) => path.split('/').map((_, depth, segments) => segments.slice(0, depth).join('/'))));
}

function findSizeProblems(tree: FileTree): string[] {
  const bytes = [...tree.values()].reduce((sum, { content }) => sum + content.byteLength, 0);
  return [findLimitProblem('packFiles', tree.size), findLimitProblem('packBytes', bytes)].flatMap((problem) => problem ?? []);
}
