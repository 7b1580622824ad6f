import type { PlannedPath } from '../../core/plan/generation-plan.ts';
import type { Placement } from '../../core/reconcile/place-files.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { Ports } from '../../ports/ports.ts';
import { freeName } from './free-name.ts';

interface Backups {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
}

/** Plans a copy, under the first free name `PATH.bak`, `PATH.bak2` …, of each of the user's files that is overwritten, where it is or under another name. */
export async function planBackups(
  planned: readonly PlannedPath[],
  placements: readonly Placement[],
  { project }: Pick<Ports, 'project'>,
): Promise<Backups> {
  const generated = new Map(placements.map(({ current, locked }) => [current, locked?.sha256] as const));
  const written = new Set(planned.filter(({ action }) => action === 'create' || action === 'update').map(({ after }) => after?.digest));
  const contents = new Map<Digest, Uint8Array>();
  const paths: PlannedPath[] = [];
  for (const entry of planned) {
    const { path, before } = entry;
    const isLost = before !== undefined && generated.get(path) !== before.digest && !written.has(before.digest);
    const content = isOverwritten(entry) || (isLost && isElsewhere(entry)) ? await project.readFile(path) : undefined;
    if (content === undefined || before === undefined) continue;
    contents.set(before.digest, content);
    paths.push({
      path: await freeName(path, '.bak', project),
      class: 'backup',
      action: 'create',
      reason: `copy of ${path}`,
      after: before,
      packs: [],
      template: '',
    });
  }
  return { paths, contents };
}

function isOverwritten({ action, class: pathClass }: PlannedPath): boolean {
  return action === 'update' && (pathClass === 'in-the-way' || pathClass === 'both-changed');
}

/** Whether the file is written under another path than the packs, or the last generation, have it. */
function isElsewhere({ action, class: pathClass }: PlannedPath): boolean {
  return (action === 'update' && pathClass === 'moved') || (action === 'delete' && pathClass === 'renamed');
}
