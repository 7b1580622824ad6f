import { type Composition, composePacks, neededDrivers } from '../../core/compose/compose-packs.ts';
import type { PathConflict } from '../../core/compose/desired-tree.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { ProjectMerge, ProjectMergeRule } from '../../core/manifest/project-manifest.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Prompter } from '../../ports/prompter.ts';
import { loadDrivers } from '../reconcile/load-drivers.ts';
import type { RenderedProject } from './render-project.ts';

export interface SettleCompositionRequest {
  readonly rendered: RenderedProject;
  readonly merge: ProjectMerge;
}

export interface SettledComposition {
  readonly composition: Composition;
  /** The rules, with one more for each path that a person decided. */
  readonly merge: ProjectMerge;
}

/**
 * Composes what the packs want. Where the rules say that a person decides, and there is one to ask, each such path is asked for once.
 * @throws PacksmithError `INJECTION_FAILED`, `CANCELLED`.
 */
export async function settleComposition(
  { rendered, merge }: SettleCompositionRequest,
  { prompter }: Pick<Ports, 'prompter'>,
): Promise<SettledComposition> {
  const { packs, packRules } = rendered;
  const drivers = await loadDrivers(neededDrivers({ packs, packRules }));
  const composition = composePacks({ packs, rules: merge, packRules, drivers });
  const asked = composition.conflicts.filter(({ isAsked }) => isAsked);
  if (asked.length === 0 || prompter === undefined) return { composition, merge };
  const tried = composePacks({ packs, rules: { ...merge, rules: [...merge.rules, ...asked.map(mergeRule)] }, packRules, drivers });
  const isMerged = ({ path }: PathConflict) => tried.conflicts.every((left) => left.path !== path);
  const decided: ProjectMergeRule[] = [];
  // One question after the other: there is one person.
  for (const conflict of asked) decided.push(await askForPath(conflict, isMerged(conflict), prompter));
  const rules = { ...merge, rules: [...merge.rules, ...decided] };
  return { composition: composePacks({ packs, rules, packRules, drivers }), merge: rules };
}

function mergeRule({ path }: PathConflict): ProjectMergeRule {
  return { path, action: 'merge', prefer: undefined };
}

/** A merge is offered only where it succeeds. */
async function askForPath(conflict: PathConflict, isMerged: boolean, prompter: Prompter): Promise<ProjectMergeRule> {
  const { path, ours, theirs } = conflict;
  const options = [
    ...(isMerged ? [{ value: 'merge', label: 'merge both' }] : []),
    ...[ours, theirs].map((pack) => ({ value: pack, label: `take the whole file of ${stripControlLine(pack)}` })),
  ];
  const message = `${stripControlLine(path)} is written by ${ours} and ${theirs}${isMerged ? '' : ', and cannot be merged'}`;
  const reply = await prompter.ask({ kind: 'select', message, options });
  if (reply.kind !== 'answer') throw new PacksmithError('CANCELLED', 'cancelled: nothing was written');
  if (reply.value === 'merge') return mergeRule(conflict);
  return { path, action: 'overwrite', prefer: reply.value === ours ? ours : theirs };
}
