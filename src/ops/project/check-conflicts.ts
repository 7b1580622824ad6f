import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Pending, PendingConflict } from '../../core/lockfile/pending.ts';
import { findMarkers, hasConflictMarkers } from '../../core/reconcile/text/markers.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

/** A conflict of a pending change, as the file is now. */
export interface CheckedConflict {
  readonly path: ProjectPath;
  readonly beside?: ProjectPath;
  readonly isSettled: boolean;
  /** What is left to settle, as one clause; absent where nothing is. */
  readonly open?: string;
  /** The first line of what is left of the markers. */
  readonly line?: number;
}

/** Looks at every file that a change left to settle: what is left of the markers, and whether the pack's version is still beside it. */
export async function checkConflicts(
  conflicts: Pending['conflicts'],
  { project }: Pick<Ports, 'project'>,
): Promise<readonly CheckedConflict[]> {
  const disk = await project.survey(conflicts.map(({ path, beside = path }) => beside));
  const checked: CheckedConflict[] = [];
  for (const conflict of conflicts) {
    const { path, beside } = conflict;
    const entry = disk.get(beside ?? path);
    if (beside !== undefined)
      checked.push(entry === undefined ? settled(conflict) : { path, beside, isSettled: false, open: describeBeside(beside) });
    else checked.push(entry?.kind === 'file' ? checkMarked(conflict, await project.readFile(path)) : settled(conflict));
  }
  return checked;
}

/** Those that are not settled, as findings. */
export function describeOpen(conflicts: readonly CheckedConflict[]): Diagnostic[] {
  return conflicts.flatMap(({ path, open, line }): Diagnostic[] => {
    const where = { file: path, ...(line === undefined ? {} : { line }) };
    return open === undefined ? [] : [{ code: 'CONFLICT_OPEN', severity: 'error', message: open, where }];
  });
}

function settled({ path, beside }: PendingConflict): CheckedConflict {
  return { path, ...(beside === undefined ? {} : { beside }), isSettled: true };
}

function describeBeside(beside: ProjectPath): string {
  return `the pack's version stands in ${beside}: merge it, then delete it`;
}

function checkMarked(conflict: PendingConflict, content: Uint8Array | undefined): CheckedConflict {
  const { path, markers } = conflict;
  const text = (content && decodeText(content)) ?? '';
  const left = markers === undefined ? [] : findMarkers(text, markers);
  // Earlier versions did not record where the markers are.
  if (left.length === 0 && !(markers === undefined && hasConflictMarkers(text))) return settled(conflict);
  const [line] = left;
  const open = left.length === 1 ? 'has a line that is left of conflict markers' : 'has conflict markers';
  return { path, isSettled: false, open, ...(line === undefined ? {} : { line }) };
}
