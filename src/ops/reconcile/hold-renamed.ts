import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { type Placement, type PlacementRequest, placeFiles } from '../../core/reconcile/place-files.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ExcludedFile, PlanProjectRequest } from '../project/plan-request.ts';

/** The files of the last generation that the packs renamed to where everything is left alone. */
export function findHeld(request: PlacementRequest, { preserved = new Map(), adopts }: PlanProjectRequest): readonly Placement[] {
  if (preserved.size === 0 || adopts) return [];
  const placements = placeFiles({ ...request, desired: new Map([...request.desired, ...preserved]) });
  return placements.filter(({ output, locked }) => output !== undefined && locked !== undefined && preserved.has(output));
}

/**
 * The same request where these files stay as they are: otherwise they would leave, and what continues them would not come. Their records say from
 * then on where the packs have them, as those of files that the user moved.
 */
export function holdRenamed(request: PlanProjectRequest, held: readonly Placement[]): PlanProjectRequest {
  const { state, preserved = new Map(), excluded = [], isPreserved, isConcerned } = request;
  const outputs = new Map(held.flatMap(({ locked, output }) => (locked && output ? [[locked.path, output] as const] : [])));
  const places = new Set<ProjectPath>(held.map(({ current }) => current));
  const taken = new Set(outputs.values());
  const records = [...state.generated.values()].map((locked): LockedFile => {
    const output = outputs.get(locked.path);
    return output === undefined ? locked : { ...locked, output };
  });
  const left = records.filter(({ path }) => outputs.has(path));
  return {
    ...request,
    state: { ...state, generated: new Map(records.map((locked) => [locked.path, locked] as const)) },
    preserved: new Map([...preserved].filter(([path]) => !taken.has(path))),
    isConcerned: (path) => !outputs.has(path) && isConcerned(path),
    isPreserved: (path) => places.has(path) || isPreserved?.(path) === true,
    excluded: [...excluded, ...left.map(toExcluded)],
  };
}

function toExcluded({ path, packs, template, output }: LockedFile): ExcludedFile {
  return { path, packs, template, situation: 'preserved', ...(output === undefined ? {} : { renamedTo: output }) };
}
