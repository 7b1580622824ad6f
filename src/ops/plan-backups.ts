import type { PlannedPath } from '../core/plan/generation-plan.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { Ports } from '../ports/ports.ts';
import { freeName } from './free-name.ts';

interface Backups {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
}

/** Plans a copy, under the first free name `PATH.bak`, `PATH.bak2` …, of each of the user's files that is overwritten. */
export async function planBackups(planned: readonly PlannedPath[], { project }: Pick<Ports, 'project'>): Promise<Backups> {
  const contents = new Map<Digest, Uint8Array>();
  const paths: PlannedPath[] = [];
  for (const { path, before, action, class: pathClass } of planned) {
    const isOverwritten = action === 'update' && (pathClass === 'in-the-way' || pathClass === 'both-changed');
    const content = isOverwritten ? await project.readFile(path) : undefined;
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
