import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { ProjectState } from './load-project.ts';

/** @throws PacksmithError `CHANGE_PENDING` with every file that waits to be settled. */
export function refusePending({ pending }: ProjectState): void {
  if (pending === undefined) return;
  const count = pending.conflicts.length === 1 ? 'a conflict' : `${pending.conflicts.length} conflicts`;
  throw new PacksmithError('CHANGE_PENDING', `the last ${pending.operation} left ${count} to settle`, {
    diagnostics: pending.conflicts.map(({ path, beside }) => ({
      code: 'CONFLICT_OPEN',
      severity: 'error',
      message: beside === undefined ? 'it has conflict markers' : `the pack's version stands in ${beside}`,
      where: { file: path },
    })),
    hint: 'settle them, then `packs update --continue`; or take the change back with `packs update --abort`',
  });
}
