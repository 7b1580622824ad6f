import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import { compileGlob } from '../../core/text/glob.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
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

/** Files of the last generation, and new ones, that the plan is not about; and of the new ones what they would be. */
export function findExcluded({ state, tree, isPreserved, isConcerned }: ExclusionFacts): {
  readonly excluded: readonly ExcludedFile[];
  readonly preserved: DesiredTree;
} {
  const generated = [...state.generated.values()];
  const known = new Set(generated.flatMap(({ path, output = path }) => [path, output]));
  const preserved = new Map([...tree].filter(([path]) => !known.has(path) && isPreserved(path)));
  const last = generated.filter(({ path }) => !isConcerned(path));
  const fresh = [...preserved].map(([path, file]) => ({ ...file, path }));
  const excluded = [...last, ...fresh].map(({ path, packs, template }) => ({
    path,
    packs,
    template,
    situation: isPreserved(path) ? ('preserved' as const) : ('not-asked' as const),
  }));
  return { excluded, preserved };
}
