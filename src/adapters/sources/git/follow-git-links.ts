import { posix } from 'node:path';
import { LIMITS } from '../../../core/manifest/limits.ts';
import type { FileEntry } from '../../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../../core/tree/project-path.ts';
import { followDirectoryLinks } from '../follow-directory-links.ts';
import type { GitMirror } from './git-mirror.ts';

interface LinksOfCommit {
  readonly commit: string;
  /** The directory that the tree is of. */
  readonly path: string | undefined;
  /** Changed in place: of each link it holds where that leads. */
  readonly tree: Map<ProjectPath, FileEntry>;
  readonly links: readonly ProjectPath[];
  /** Whether links to directories of the tree count as these. */
  readonly followsDirectories: boolean;
}

/**
 * Puts the files that links lead to in their places: those of the whole commit, also where they are no part of the template themselves. Links
 * to nothing and out of the repository are left out, those to directories where they are not followed.
 */
export async function followGitLinks(mirror: GitMirror, at: LinksOfCommit, signal: AbortSignal | undefined): Promise<void> {
  const { commit, path, tree, links, followsDirectories } = at;
  const prefix = path === undefined ? '' : `${path}/`;
  const targets = links.map((link) => posix.join(posix.dirname(prefix + link), textOf(tree.get(link)?.content)));
  const input = links.map((link) => `${commit}:${prefix}${link}\n`).join('');
  const maximumBytes = LIMITS.packBytes.maximum;
  const output = Buffer.from(await mirror.read(['cat-file', '--batch', '--follow-symlinks'], { input, maximumBytes, signal }));
  const executable = await listExecutable(mirror, { commit, targets }, signal);
  const directories = new Map<string, string>();
  let offset = 0;
  for (const [index, link] of links.entries()) {
    const end = output.indexOf(0x0a, offset);
    const header = output.subarray(offset, end).toString('utf8');
    const [, kind, size = ''] = /^(?:[0-9a-f]+ )?(blob|tree|commit|symlink|dangling|loop|notdir) (\d+)$/.exec(header) ?? [];
    const length = Number(size);
    const content = new Uint8Array(output.subarray(end + 1, end + 1 + length));
    if (kind === 'blob' && length <= LIMITS.templateFileBytes.maximum)
      tree.set(link, { content, mode: executable.has(targets[index] ?? '') ? 0o755 : 0o644 });
    else tree.delete(link);
    if (kind === 'tree') directories.set(link, targets[index] ?? '');
    offset = size === '' ? end + 1 : end + 1 + length + 1;
  }
  if (followsDirectories) followDirectoryLinks(tree, below(prefix, directories));
}

/** Those of links that lead to a directory of the tree, from its top. */
function below(prefix: string, links: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const inside = [...links].filter(([, target]) => target.startsWith(prefix));
  return new Map(inside.map(([link, target]) => [link, target.slice(prefix.length).replace(/\/$/, '')]));
}

/** Which of some paths of a commit are executable files. */
async function listExecutable(
  mirror: GitMirror,
  { commit, targets }: { readonly commit: string; readonly targets: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const inside = targets.filter((target) => !/^(?:\.{1,2}\/?$|\.\.\/|\/)/.test(target));
  if (inside.length === 0) return new Set();
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', ...inside];
  const lines = textOf(await mirror.read(args, { maximumBytes: LIMITS.packBytes.maximum, signal })).split('\0');
  return new Set(lines.flatMap((line) => (line.startsWith('100755 ') ? [line.slice(line.indexOf('\t') + 1)] : [])));
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
