import { formatPlanDot, formatPlanMermaid } from '../../core/plan/format-plan-graph.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import { diffPlan } from '../../ops/project/diff-plan.ts';
import type { RunCommand } from '../command.ts';
import { prepareGeneration } from '../prepare-generation.ts';
import type { planSpec } from '../specs/plan.ts';
import { viewCompatibility } from '../views/plan.ts';
import { shownPlan, toPlanResult } from '../views/plan-result.ts';

const FORMATS: Readonly<Record<'json' | 'dot' | 'mermaid', (plan: GenerationPlan) => string>> = {
  json: (plan) => `${JSON.stringify(plan, null, 2)}\n`,
  dot: (plan) => stripControl(formatPlanDot(plan)),
  mermaid: (plan) => stripControl(formatPlanMermaid(plan)),
};

export const runPlan: RunCommand<typeof planSpec> = async ({ flags, positionals }, context) => {
  const input = flags.anywhere
    ? { flags: { ...flags, output: flags.output ?? NOWHERE }, positionals, assume: true }
    : { flags, positionals };
  const { preview, project, commandLine } = await prepareGeneration(input, context);
  const diff = flags.diff ? await diffPlan({ plan: preview.plan }, { project }) : undefined;
  const result = toPlanResult({ preview, diff, next: flags.anywhere ? undefined : commandLine });
  const { format } = flags;
  if (flags.anywhere && (format ?? 'human') === 'human')
    return { ...result, view: (terminal) => viewCompatibility(seenFromHere(preview.plan), terminal) };
  return format === undefined || format === 'human' ? result : { ...result, view: () => FORMATS[format](shownPlan(preview)) };
};

/** A directory below packsmith's own, which never has anything in it. */
const NOWHERE = '.packsmith/local/nowhere';

const UP_FROM_NOWHERE = NOWHERE.replaceAll(/[^/]+/g, '..');

/** Paths of packs are relative to the project, which is nowhere: they are shown as they are from the working directory. */
function seenFromHere(plan: GenerationPlan): GenerationPlan {
  const packs = plan.packs.map((pack) => {
    const rest = pack.source.startsWith(`${UP_FROM_NOWHERE}/`) ? pack.source.slice(UP_FROM_NOWHERE.length + 1) : undefined;
    return rest === undefined ? pack : { ...pack, source: rest.startsWith('..') ? rest : `./${rest}` };
  });
  return { ...plan, packs };
}
