import { describeConflicts } from '../compose/compose-packs.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { MANIFEST_PATH } from '../lockfile/lockfile.ts';
import type { GenerationPlan } from './generation-plan.ts';

export interface Disagreement {
  readonly diagnostics: readonly Diagnostic[];
  readonly hint: string;
}

/** What packs disagree on, and where to rule for it: in packsmith.toml, or in a composition file where the plan would only make one. */
export function describeDisagreement({ conflicts, paths }: Pick<GenerationPlan, 'conflicts' | 'paths'>): Disagreement {
  const isNew = paths.some(({ path, action }) => path === MANIFEST_PATH && action === 'create');
  const file = isNew ? 'a composition file for `packs compose --file`' : MANIFEST_PATH;
  return {
    diagnostics: describeConflicts(conflicts, file),
    hint: `rule for each path in [merge] of ${file}, or choose with --prefer ID`,
  };
}
