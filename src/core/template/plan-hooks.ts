import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy, renderTemplate } from '../jinja/render-template.ts';
import type { Pack } from '../pack/pack.ts';
import type { ValueMap } from '../pack/values.ts';
import { compareVersions } from '../pack/versions.ts';
import type { PlannedHook } from '../plan/generation-plan.ts';
import { collectSecrets } from './mask-secrets.ts';

interface HookRequest {
  readonly pack: Pack;
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
  /** The version that the project has, where it has one. */
  readonly previousVersion?: string | undefined;
}

/** The hooks of a pack whose conditions hold, their arguments rendered. @throws PacksmithError `TEMPLATE_FAILED` for a secret in an argument too, `TEMPLATE_UNDEFINED`, `TEMPLATE_SYNTAX`. */
export function planHooks({ pack, previousVersion, ...scope }: HookRequest): PlannedHook[] {
  const { manifest, integrity } = pack;
  return manifest.hooks.flatMap(({ stage, name, run, when, version, timeout, continueOnError }): PlannedHook[] => {
    const at = `pack.toml [[hooks.${stage}]] ${name}`;
    if (version !== undefined && !goesThrough(version, previousVersion, manifest.version)) return [];
    if (when !== undefined && !isTruthy(evaluateExpression(when, { ...scope, name: `${at} (when)` }))) return [];
    const args = run.map((argument) => renderTemplate(argument, { ...scope, name: at }));
    refuseSecrets(args, { pack, context: scope.context, at });
    return [{ pack: manifest.id, integrity, stage, name, run: args, timeout, continueOnError }];
  });
}

/** Whether an update from one version to another goes through a third: from below it, to it or above. */
export function goesThrough(version: string, from: string | undefined, to: string): boolean {
  return from !== undefined && compareVersions(version, from) > 0 && compareVersions(version, to) <= 0;
}

/** Arguments are shown before they run, and every user of a machine can read those of a running program. */
function refuseSecrets(args: readonly string[], { pack, context, at }: { pack: Pack; context: ValueMap; at: string }): void {
  const names = new Set(pack.manifest.variables.filter(({ type }) => type === 'secret').map(({ name }) => name));
  for (const [name, value] of collectSecrets(context, (variable) => names.has(variable))) {
    if (!args.some((argument) => argument.includes(value))) continue;
    throw new PacksmithError('TEMPLATE_FAILED', `${at} puts the secret ${name} into an argument, where everybody can read it`, {
      where: { file: 'pack.toml' },
      hint: 'write it into a file by a template, and let the hook read that',
    });
  }
}
