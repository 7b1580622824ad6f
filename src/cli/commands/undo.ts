import { PENDING_PATH } from '../../core/lockfile/pending.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { applyGeneration } from '../../ops/project/apply-generation.ts';
import { listChanges, planUndo } from '../../ops/project/undo-change.ts';
import type { RunCommand } from '../command.ts';
import type { UndoData } from '../output-data.ts';
import type { undoSpec } from '../specs/project.ts';
import { viewAppliedPlan, viewPlan } from '../views/plan.ts';
import { viewTransactionPaths, viewTransactions } from '../views/transactions.ts';

export const runUndo: RunCommand<typeof undoSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject({ takesChanged: true });
  const [id] = positionals;
  if (flags.list) {
    const changes = await listChanges(id === undefined ? {} : { id }, { ...ports, project });
    const view = id === undefined ? viewTransactions : viewTransactionPaths;
    return {
      data: { changes } satisfies UndoData,
      view: (terminal) => view(changes, terminal),
      next: changes.length === 0 ? [] : [undoLine(id)],
    };
  }
  const plan = await planUndo(id === undefined ? {} : { id }, { ...ports, project });
  if (flags['dry-run'])
    return {
      data: { plan } satisfies UndoData,
      view: (terminal) => viewPlan(plan, terminal),
      warnings: plan.warnings,
      next: [undoLine(id)],
    };
  const { transaction } = await applyGeneration({ plan, consentedHooks: [], signal: context.signal }, { ...ports, project });
  return {
    data: { plan: { ...plan, contents: {} }, transaction: transaction ?? null } satisfies UndoData,
    view: (terminal) => viewAppliedPlan(plan, { directory, terminal }),
    warnings: plan.warnings,
    next: waits(plan) ? ['packs update --abort', 'packs update --continue'] : ['packs undo --list'],
  };
};

/** Whether a change waits to be recorded once the plan is applied. */
function waits({ paths }: GenerationPlan): boolean {
  return paths.some(({ path, action }) => path === PENDING_PATH && action === 'create');
}

function undoLine(id: string | undefined): string {
  return formatArguments(['packs', 'undo', ...(id === undefined ? [] : [id])]);
}
