import type { Baseline } from '../core/lockfile/baseline.ts';
import type { LockedFile } from '../core/lockfile/lockfile.ts';
import { RENAME_SIMILARITY, textSimilarity } from '../core/reconcile/similarity.ts';
import { decodeText } from '../core/text/utf8.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';

export interface MovedRequest {
  /** Files of the last generation that are no longer where they were generated. */
  readonly missing: readonly LockedFile[];
  /** Paths that packsmith knows, which no moved file can have. */
  readonly known: ReadonlySet<ProjectPath>;
  readonly baseline: Baseline;
}

/** How many files of the user's are read in search of one that was moved. */
const MAX_CANDIDATES = 200;

/** Directories that programs fill, where nobody moves a file by hand. */
const PASSED_OVER = /(^|\/)(node_modules|dist|build|target|vendor|\.venv|__pycache__|coverage)\//;

/**
 * Finds the files that the user moved: a file with the same bytes as were generated, or else a text with 60 % of its lines and the same ending.
 * By the path of the last generation.
 */
export async function findMoved(
  request: MovedRequest,
  { project }: Pick<Ports, 'project'>,
): Promise<ReadonlyMap<ProjectPath, ProjectPath>> {
  const { missing, known, baseline } = request;
  const moved = new Map<ProjectPath, ProjectPath>();
  if (missing.length === 0) return moved;
  const files = (await project.listFiles((path) => PASSED_OVER.test(path))).filter((path) => !known.has(path));
  const disk = await project.survey(files);
  const taken = new Set<ProjectPath>();
  for (const locked of missing) {
    const same = files.find((path) => !taken.has(path) && isSameFile(disk.get(path), locked));
    const found = same ?? (await findSimilar({ locked, files: files.filter((path) => !taken.has(path)), baseline }, project));
    if (found === undefined) continue;
    taken.add(found);
    moved.set(locked.path, found);
  }
  return moved;
}

function isSameFile(
  entry: Awaited<ReturnType<Ports['project']['survey']>> extends ReadonlyMap<unknown, infer Entry> ? Entry | undefined : never,
  { sha256 }: LockedFile,
): boolean {
  return entry?.kind === 'file' && entry.digest === sha256 && entry.size > 0;
}

interface SimilarRequest {
  readonly locked: LockedFile;
  readonly files: readonly ProjectPath[];
  readonly baseline: Baseline;
}

async function findSimilar({ locked, files, baseline }: SimilarRequest, project: Ports['project']): Promise<ProjectPath | undefined> {
  const stored = baseline.get(locked.masked ?? locked.sha256);
  const base = stored && decodeText(stored);
  if (base === undefined) return undefined;
  let best: { path: ProjectPath; score: number } | undefined;
  for (const path of files.filter((candidate) => endingOf(candidate) === endingOf(locked.path)).slice(0, MAX_CANDIDATES)) {
    const content = await project.readFile(path);
    const text = content && decodeText(content);
    const score = text === undefined ? 0 : textSimilarity(base, text);
    if (score >= RENAME_SIMILARITY && score > (best?.score ?? 0)) best = { path, score };
  }
  return best?.path;
}

/** What stands behind the last dot of the name; the whole name where there is none. */
function endingOf(path: ProjectPath): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.slice(name.lastIndexOf('.') + 1);
}
