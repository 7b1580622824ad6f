import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { applyGeneration } from '../../ops/project/apply-generation.ts';
import { diffPlan } from '../../ops/project/diff-plan.ts';
import { planFolderMerge } from '../../ops/project/merge-folders.ts';
import type { RunCommand } from '../command.ts';
import type { ChangeData } from '../output-data.ts';
import type { mergeSpec } from '../specs/merge.ts';
import { formatCount } from '../views/format-value.ts';
import { viewAppliedPlan } from '../views/plan.ts';
import { toPlanResult } from '../views/plan-result.ts';

export const runMerge: RunCommand<typeof mergeSpec> = async ({ flags, positionals }, context) => {
  const [source = '', target = ''] = positionals;
  const { base, conflict } = flags;
  if (base === undefined) {
    throw new PacksmithError('INVALID_ARGUMENTS', 'a merge needs the folder that both come from', {
      hint: formatArguments(['packs', 'merge', source, target, '--base', 'DIR']),
    });
  }
  const ports = await context.openPorts();
  const open = (directory: string) => ports.openProject(resolve(context.workingDirectory, directory));
  const project = open(target);
  const own = { ...ports, project };
  const request = { source: open(source), base: open(base), names: { source, target, base }, onConflict: conflict ?? 'markers' };
  const plan = await planFolderMerge(request, own);
  if (flags.diff || flags['dry-run']) {
    const preview = { plan, packs: [], rendered: [], merge: { mode: 'merge', rules: [] }, answers: [], diagnostics: [] } as const;
    const next = formatArguments([
      'packs',
      'merge',
      source,
      target,
      '--base',
      base,
      ...(conflict === undefined ? [] : ['--conflict', conflict]),
    ]);
    return toPlanResult({ preview, diff: flags.diff ? await diffPlan({ plan }, own) : undefined, next });
  }
  const { transaction } = await applyGeneration({ plan, consentedHooks: [], signal: context.signal }, own);
  const { contents: _contents, ...shown } = plan;
  const unsettledPaths = plan.paths.filter(({ unsettled }) => unsettled === true);
  return {
    data: { directory: project.root, plan: shown, transaction: transaction ?? null } satisfies ChangeData,
    view: (terminal) => viewAppliedPlan(plan, { directory: target, terminal }),
    warnings: plan.warnings,
    next: transaction === undefined ? [] : [formatArguments(['packs', 'undo', '--cwd', target])],
    ...(unsettledPaths.length === 0 ? {} : { failure: conflictsOpen(unsettledPaths, target) }),
  };
};

function conflictsOpen(open: readonly { readonly path: string; readonly reason: string }[], target: string): PacksmithError {
  const count = `${formatCount(open.length, 'file')} cannot be merged and ${open.length === 1 ? 'waits' : 'wait'} for you`;
  return new PacksmithError('CONFLICTS_OPEN', count, {
    diagnostics: open.map(({ path, reason }) => ({ code: 'CONFLICT_OPEN', severity: 'error', message: reason, where: { file: path } })),
    hint: `edit them to what they should be, and remove markers and \`.theirs\` files; or take the merge back with \`${formatArguments(['packs', 'undo', '--cwd', target])}\``,
  });
}
