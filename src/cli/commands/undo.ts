import { applyGeneration } from '../../ops/apply-generation.ts';
import { listChanges, planUndo } from '../../ops/undo-change.ts';
import type { RunCommand } from '../command.ts';
import type { undoSpec } from '../specs/project.ts';
import { viewAppliedPlan, viewPlan } from '../views/plan.ts';
import { viewTransactions } from '../views/transactions.ts';

export const runUndo: RunCommand<typeof undoSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory } = await context.openProject();
  if (flags.list) {
    const changes = await listChanges({}, { ...ports, project });
    return { data: { changes }, view: (terminal) => viewTransactions(changes, terminal), next: changes.length === 0 ? [] : ['packs undo'] };
  }
  const [id] = positionals;
  const plan = await planUndo(id === undefined ? {} : { id }, { ...ports, project });
  if (flags['dry-run']) return { data: { plan }, view: (terminal) => viewPlan(plan, terminal), next: ['packs undo'] };
  const { transaction } = await applyGeneration({ plan, consentedHooks: [], signal: context.signal }, { ...ports, project });
  return {
    data: { plan: { ...plan, contents: {} }, transaction: transaction ?? null },
    view: (terminal) => viewAppliedPlan(plan, { directory, terminal }),
    warnings: plan.warnings,
    next: ['packs undo --list'],
  };
};
