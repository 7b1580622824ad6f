import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { RENAME_SIMILARITY, textSimilarity } from '../../core/reconcile/similarity.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

export interface MovedRequest {
  /** Files of the last generation that are no longer where they were generated. */
  readonly missing: readonly LockedFile[];
  /** Paths that packsmith knows or leaves alone, which no moved file can have. */
  readonly isKnown: (path: ProjectPath) => boolean;
  readonly baseline: Baseline;
}

/** How many files of the user's are read in search of one that was moved. */
const MAX_CANDIDATES = 200;

/** Directories that programs fill, where nobody moves a file by hand, and the project's own packs, whose templates look like what they give. */
const PASSED_OVER = /^packs\/|(^|\/)(node_modules|dist|build|target|vendor|\.venv|__pycache__|coverage)\//;

/** How alike a file of another name must be. */
const OTHER_NAME_SIMILARITY = 0.8;

/** Files smaller than this say too little to be recognised under another name. */
const SMALL_BYTES = 32;

/**
 * Finds the files that the user moved: the only file with the same bytes as were generated, or else a text of the same ending with 60 % of the
 * lines (80 % under another name, from 32 bytes on), more than any other. By the path of the last generation.
 */
export async function findMoved(
  request: MovedRequest,
  { project }: Pick<Ports, 'project'>,
): Promise<ReadonlyMap<ProjectPath, ProjectPath>> {
  const { missing, isKnown, baseline } = request;
  const moved = new Map<ProjectPath, ProjectPath>();
  if (missing.length === 0) return moved;
  const listed = (await project.listFiles((path) => PASSED_OVER.test(path))).filter((path) => !isKnown(path));
  const disk = await project.survey(listed);
  const files = listed.filter((path) => disk.get(path)?.kind === 'file');
  const taken = new Set<ProjectPath>();
  for (const locked of missing) {
    const same = onlySame(files.filter((path) => !taken.has(path) && isSameFile(path, disk.get(path), locked)));
    const found = same ?? (await findSimilar({ locked, files: files.filter((path) => !taken.has(path)), baseline }, project));
    if (found === undefined) continue;
    taken.add(found);
    moved.set(locked.path, found);
  }
  return moved;
}

function onlySame(paths: readonly ProjectPath[]): ProjectPath | undefined {
  return paths.length === 1 ? paths[0] : undefined;
}

function isSameFile(path: ProjectPath, entry: DiskEntry | undefined, locked: LockedFile): boolean {
  if (entry?.kind !== 'file' || entry.digest !== locked.sha256) return false;
  // An empty file is like every other, `.gitkeep` and `__init__.py` as well.
  return entry.size >= SMALL_BYTES || (entry.size > 0 && nameOf(path) === nameOf(locked.path));
}

interface SimilarRequest {
  readonly locked: LockedFile;
  readonly files: readonly ProjectPath[];
  readonly baseline: Baseline;
}

/** Of two that are equally like it, nobody can say which one it is. */
async function findSimilar({ locked, files, baseline }: SimilarRequest, project: Ports['project']): Promise<ProjectPath | undefined> {
  const stored = baseline.get(locked.masked ?? locked.sha256);
  const base = stored && decodeText(stored);
  if (stored === undefined || base === undefined) return undefined;
  const isCandidate = (path: ProjectPath): boolean =>
    endingOf(path) === endingOf(locked.path) && (stored.length >= SMALL_BYTES || nameOf(path) === nameOf(locked.path));
  const scored: { path: ProjectPath; score: number }[] = [];
  for (const path of files.filter(isCandidate).slice(0, MAX_CANDIDATES)) {
    const content = await project.readFile(path);
    const text = content && decodeText(content);
    const score = text === undefined ? 0 : textSimilarity(base, text);
    if (score >= (nameOf(path) === nameOf(locked.path) ? RENAME_SIMILARITY : OTHER_NAME_SIMILARITY)) scored.push({ path, score });
  }
  const best = Math.max(...scored.map(({ score }) => score));
  return onlySame(scored.filter(({ score }) => score === best).map(({ path }) => path));
}

/** What stands behind the last dot of the name; the whole name where there is none. */
function endingOf(path: ProjectPath): string {
  const name = nameOf(path);
  return name.slice(name.lastIndexOf('.') + 1);
}

function nameOf(path: ProjectPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
