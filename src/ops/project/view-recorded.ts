import { BASELINE_PATH, LOCKFILE_PATH, type Lockfile } from '../../core/lockfile/lockfile.ts';
import { parseLockfile } from '../../core/lockfile/parse-lockfile.ts';
import type { Pending } from '../../core/lockfile/pending.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { type CheckedConflict, checkConflicts } from './check-conflicts.ts';
import { type ProjectState, readGenerated } from './load-project.ts';

/** What the files of a project are compared with. */
export interface RecordedView extends ProjectState {
  readonly lockfile: Lockfile;
  /** The bytes of the baseline, where they wait in the pending change. */
  readonly baseline?: Uint8Array;
  /** Of the pending change, as the files are now. */
  readonly conflicts: readonly CheckedConflict[];
}

/**
 * The records that describe the files as packsmith left them: those of the pending change where there is one, since it has written its files
 * already. What it did is no edit of the user's.
 * @throws PacksmithError `LOCKFILE_INVALID`.
 */
export async function viewRecorded(
  state: ProjectState & { readonly lockfile: Lockfile },
  ports: Pick<Ports, 'project'>,
): Promise<RecordedView> {
  const { pending } = state;
  if (pending === undefined) return { ...state, conflicts: [] };
  const lockfile = parseLockfile(decodeText(recordOf(pending, LOCKFILE_PATH)) ?? '');
  const generated = await readGenerated(lockfile, ports);
  const conflicts = await checkConflicts(pending.conflicts, ports);
  return { ...state, lockfile, generated, baseline: recordOf(pending, BASELINE_PATH), conflicts };
}

function recordOf({ records }: Pending, path: ProjectPath): Uint8Array {
  return records.find((record) => record.path === path)?.content ?? new Uint8Array();
}
