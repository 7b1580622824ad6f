import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy, renderTemplate } from '../jinja/render-template.ts';
import type { Pack } from '../pack/pack.ts';
import type { ValueMap } from '../pack/values.ts';
import type { PlannedHook } from '../plan/generation-plan.ts';

interface HookRequest {
  readonly pack: Pack;
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/** The hooks of a pack whose conditions hold, their arguments rendered. @throws PacksmithError `TEMPLATE_FAILED`, `TEMPLATE_UNDEFINED`, `TEMPLATE_SYNTAX`. */
export function planHooks({ pack, ...scope }: HookRequest): PlannedHook[] {
  const { manifest, integrity } = pack;
  return manifest.hooks.flatMap(({ stage, name, run, when, timeout, continueOnError }): PlannedHook[] => {
    const at = `pack.toml [[hooks.${stage}]] ${name}`;
    if (when !== undefined && !isTruthy(evaluateExpression(when, { ...scope, name: `${at} (when)` }))) return [];
    const args = run.map((argument) => renderTemplate(argument, { ...scope, name: at }));
    return [{ pack: manifest.id, integrity, stage, name, run: args, timeout, continueOnError }];
  });
}
