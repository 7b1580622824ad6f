import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Ports } from '../../ports/ports.ts';
import { checkConflicts, describeOpen } from './check-conflicts.ts';
import type { ProjectState } from './load-project.ts';

/** @throws PacksmithError `CHANGE_PENDING` with every file that waits to be settled. */
export async function refusePending({ pending }: ProjectState, ports: Pick<Ports, 'project'>): Promise<void> {
  if (pending === undefined) return;
  const open = describeOpen(await checkConflicts(pending.conflicts, ports));
  const { operation } = pending;
  if (open.length === 0)
    throw new PacksmithError('CHANGE_PENDING', `the last ${operation} is settled, and waits to be recorded`, {
      hint: '`packs update --continue` records it; `packs update --abort` takes it back',
    });
  const count = open.length === 1 ? 'a conflict' : `${open.length} conflicts`;
  throw new PacksmithError('CHANGE_PENDING', `the last ${operation} left ${count} to settle`, {
    diagnostics: open,
    hint: 'settle them, then `packs update --continue`; or take the change back with `packs update --abort`',
  });
}
