import { formatUnifiedDiff } from '../reconcile/text/unified-diff.ts';
import { compareText } from '../text/compare-text.ts';
import { compileGlob } from '../text/glob.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { DEFAULT_MODE, EXECUTABLE_MODE, type FileEntry, type FileTree, isExecutable, sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { CaseProblem } from './case-problem.ts';
import type { PackCase } from './pack-case.ts';

/** Every snapshot is the file itself, and can be run where the file can. It ends so, lest a `.gitignore`, a `package.json` or a test among them mean something where it is stored. */
const ENDING = '.snap';

/** The directory that has the snapshots of a case: `tests/defaults.snap` for `tests/defaults.toml`. */
export function snapshotDirectory(file: string): string {
  return file.replace(/\.toml$/, ENDING);
}

export interface SnapshotReport {
  readonly problems: readonly CaseProblem[];
  /** Those of the problems that `--update` settles. */
  readonly storable: readonly CaseProblem[];
  /** What `--update` writes, by path below the pack. */
  readonly written: FileTree;
  /** What `--update` deletes: snapshots of files that the case does not ask for or the project does not have. */
  readonly removed: readonly ProjectPath[];
}

/** Compares the files that a case has snapshots of with what is stored in the pack. */
export function compareSnapshots({ file, expect }: PackCase, result: FileTree, pack: FileTree): SnapshotReport {
  const directory = snapshotDirectory(file);
  const globs = expect.snapshots.map((pattern) => compileGlob(pattern));
  const wanted = sortedPaths(result).filter((path) => globs.some((glob) => glob.matches(path)));
  const stored = sortedPaths(pack).filter((path) => path.startsWith(`${directory}/`));
  const kept = new Set(wanted.map((path) => `${directory}/${path}${ENDING}`));
  const removed = stored.filter((path) => !kept.has(path));
  const written = new Map<ProjectPath, { content: Uint8Array; mode: number }>();
  const problems: CaseProblem[] = [];
  for (const path of wanted) {
    const at = `${directory}/${path}${ENDING}` as ProjectPath;
    const { content, mode } = result.get(path) as FileEntry;
    const before = pack.get(at);
    if (before !== undefined && isExecutable(before.mode) === isExecutable(mode) && isSame(before.content, content)) continue;
    written.set(at, { content, mode: isExecutable(mode) ? EXECUTABLE_MODE : DEFAULT_MODE });
    problems.push(describeChange(path, before, result.get(path) as FileEntry));
  }
  const unmatched: CaseProblem[] = [];
  for (const [index, pattern] of expect.snapshots.entries()) {
    if (wanted.some((path) => globs[index]?.matches(path) === true)) continue;
    unmatched.push({ at: ['expect', 'snapshots', index], path: pattern, message: `there is no ${pattern} to compare with a snapshot` });
  }
  for (const path of removed) {
    problems.push({
      at: ['expect', 'snapshots'],
      path,
      message: `${path} is stored, but the case does not ask for it or the project does not have it`,
    });
  }
  return { problems: [...problems, ...unmatched], storable: problems, written, removed };
}

/** Snapshots that belong to no case any more. */
export function findOrphanedSnapshots(files: FileTree, cases: readonly string[]): ProjectPath[] {
  const known = cases.map((file) => `${snapshotDirectory(file)}/`);
  const isSnapshot = (path: string): boolean => path.startsWith('tests/') && path.endsWith(ENDING) && /\.snap\//.test(path);
  return [...files.keys()].filter((path) => isSnapshot(path) && !known.some((directory) => path.startsWith(directory))).sort(compareText);
}

function describeChange(path: ProjectPath, before: FileEntry | undefined, after: FileEntry): CaseProblem {
  const at = ['expect', 'snapshots'];
  if (before === undefined) return { at, path, message: `there is no snapshot of ${path} yet: look at it, then store it with --update` };
  if (isSame(before.content, after.content)) {
    const message = isExecutable(after.mode) ? 'can be run, and its snapshot cannot' : 'cannot be run, and its snapshot can';
    return { at, path, message: `${path} ${message}` };
  }
  const [old, current] = [decodeUtf8(before.content), decodeUtf8(after.content)];
  const message = `${path} is not as its snapshot`;
  if (old === undefined || current === undefined)
    return { at, path, message: `${message}: they are no text, of ${before.content.length} and ${after.content.length} bytes` };
  return { at, path, message, diff: formatUnifiedDiff(old, current, { path }) };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
