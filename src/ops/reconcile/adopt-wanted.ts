import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import type { PlannedPath } from '../../core/plan/generation-plan.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PlanProjectRequest } from '../project/plan-request.ts';

/** The same request as if all that is wanted had been generated already, so that what is on disk is the user's edit of it. */
export function adoptWanted(request: PlanProjectRequest, { hash }: Pick<Ports, 'hash'>): PlanProjectRequest {
  const stored = new Map([...request.composition.tree.values()].map(({ content }) => [hash(content), content] as const));
  const generated = new Map(
    [...request.composition.tree].map(([path, { content, mode, packs, template }]): [typeof path, LockedFile] => [
      path,
      { path, sha256: hash(content), mode, packs, template },
    ]),
  );
  return { ...request, stored, state: { ...request.state, generated } };
}

/** What is in the way of a file that is adopted stays there. */
export function keepAdopted(planned: PlannedPath): PlannedPath {
  return planned.action === 'keep' ? planned : { ...planned, action: 'keep', reason: `${planned.reason}; left as it is` };
}
