import type { DesiredTree } from '../core/compose/desired-tree.ts';
import { compileGlob } from '../core/text/glob.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { ProjectState } from './load-project.ts';
import type { ExcludedFile } from './plan-request.ts';

/** Paths that a preserving glob matches; of a file that the user moved, where it is and where the packs have it. */
export function compilePreserved(preserve: readonly string[], state: ProjectState): (path: ProjectPath) => boolean {
  const globs = preserve.map(compileGlob);
  const isMatched = (path: ProjectPath): boolean => globs.some((glob) => glob.matches(path));
  const preserved = new Set(
    [...state.generated.values()].flatMap(({ path, output = path }) => (isMatched(path) || isMatched(output) ? [path, output] : [])),
  );
  return (path) => preserved.has(path) || isMatched(path);
}

interface ExclusionFacts {
  readonly state: ProjectState;
  readonly tree: DesiredTree;
  readonly isPreserved: (path: ProjectPath) => boolean;
  readonly isConcerned: (path: ProjectPath) => boolean;
}

/** Files of the last generation, and new ones, that the plan is not about. */
export function findExcluded({ state, tree, isPreserved, isConcerned }: ExclusionFacts): ExcludedFile[] {
  const last = [...state.generated.values()].filter(({ path }) => !isConcerned(path));
  const outputs = new Set([...state.generated.values()].map(({ path, output = path }) => output));
  const fresh = [...tree].filter(([path]) => !outputs.has(path) && isPreserved(path)).map(([path, file]) => ({ ...file, path }));
  return [...last, ...fresh].map(({ path, packs, template }) => ({
    path,
    packs,
    template,
    situation: isPreserved(path) ? ('preserved' as const) : ('not-asked' as const),
  }));
}
