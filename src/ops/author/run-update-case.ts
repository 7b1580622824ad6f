import { applyEdits } from '../../core/cases/apply-edits.ts';
import type { CaseProblem } from '../../core/cases/case-problem.ts';
import { checkChanges } from '../../core/cases/check-changes.ts';
import { checkKept } from '../../core/cases/check-kept.ts';
import type { CaseExpectation, CaseUpdate } from '../../core/cases/pack-case.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { answersFromValues } from '../../core/template/answers/given-sources.ts';
import { compareText } from '../../core/text/compare-text.ts';
import type { FileEntry, FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ScratchProject } from '../../ports/scratch.ts';
import { findEarlierPack } from '../packs/find-earlier-pack.ts';
import { applyGeneration } from '../project/apply-generation.ts';
import { planGeneration } from '../project/plan-generation.ts';
import type { GenerationPorts } from '../project/plan-wanted.ts';
import { planUpdate } from '../project/update-project.ts';
import { type CasePorts, type CaseResult, optionsOf, portsOf, type RunCaseRequest, referencesOf } from './case-world.ts';
import { readCaseProject } from './read-case-project.ts';

/**
 * Generates the project with the earlier pack, makes the edits, and updates it, all by what users run. Beside what the case expects, every edit
 * must be kept, the conflicts be those that are named, and a second update have nothing to do.
 */
export async function runUpdateCase(scratch: ScratchProject, request: RunCaseRequest, ports: CasePorts): Promise<CaseResult> {
  const { case: wanted, pack } = request;
  const update = wanted.update as CaseUpdate;
  const world = { scratch, request, ports };
  const earlier = await findEarlierPack({ ...request, update }, ports);
  const before = portsOf(earlier, world);
  const options = optionsOf(request);
  const first = await planGeneration({ ...options, references: referencesOf(request, earlier) }, before);
  await applyGeneration({ plan: first.plan, consentedHooks: [] }, before);
  const generated = await readCaseProject(scratch);
  const edited = await edit(scratch, generated, update);

  const now = portsOf(pack, world);
  const given = [answersFromValues('flag', update.variables)];
  const asked = { ...options, given, ids: [pack.manifest.id], to: pack.manifest.version, onConflict: update.conflict } as const;
  const { plan } = await planUpdate(asked, now);
  await applyGeneration({ plan, consentedHooks: [] }, now);
  const updated = await readCaseProject(scratch);
  const conflicts = plan.paths.filter(({ unsettled }) => unsettled === true).map(({ path }) => path as string);
  const renamed = new Map(plan.paths.flatMap(({ path, from }) => (from === undefined ? [] : [[from as string, path as string] as const])));
  const problems = [
    ...checkConflicts(conflicts, wanted.expect),
    ...checkChanges({ by: 'the update', before: edited, after: updated }, wanted.expect),
    ...(update.conflict === 'theirs' ? [] : checkKept({ edits: update.edits, generated, edited, updated, renamed })),
    ...(conflicts.length === 0 ? await checkSteady(asked, now) : []),
  ];
  return { tree: updated, hooks: plan.hooks, problems };
}

async function edit(scratch: ScratchProject, tree: FileTree, { edits }: CaseUpdate): Promise<FileTree> {
  const edited = applyEdits(tree, edits);
  if (edited.kind === 'problem') {
    throw new PacksmithError('CASE_INVALID', `edit ${edited.index + 1} of update.edits cannot be made: ${edited.problem}`, {
      hint: 'the edits are made to the files that the earlier pack generates',
    });
  }
  const removed = [...tree.keys()].filter((path) => !edited.tree.has(path)).map((path) => [path, undefined] as const);
  const changed = [...edited.tree].filter(([path, entry]) => tree.get(path) !== entry);
  await scratch.write(new Map<ProjectPath, FileEntry | undefined>([...removed, ...changed]));
  return edited.tree;
}

function checkConflicts(conflicts: readonly string[], { conflicts: expected }: CaseExpectation): CaseProblem[] {
  const at = ['expect', 'conflicts'];
  return [
    ...conflicts
      .filter((path) => !expected.includes(path))
      .map((path) => ({ at: expected.length === 0 ? ['update'] : at, path, message: `${path} is left in conflict` })),
    ...expected.filter((path) => !conflicts.includes(path)).map((path) => ({ at, path, message: `${path} is not in conflict` })),
  ];
}

/** An update that is done has nothing left to do. */
async function checkSteady(asked: Parameters<typeof planUpdate>[0], ports: GenerationPorts): Promise<CaseProblem[]> {
  const { plan }: { plan: GenerationPlan } = await planUpdate(asked, ports);
  const left = plan.paths.filter(({ action }) => action !== 'keep').map(({ path }) => path as string);
  if (left.length === 0) return [];
  return [{ at: ['update'], message: `updating once more would change ${left.sort(compareText).join(', ')}` }];
}
