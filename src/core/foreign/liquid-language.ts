import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy, renderTemplate } from '../jinja/render-template.ts';
import { createLiquidEnvironment } from '../liquid/liquid-environment.ts';
import type { Pack } from '../pack/pack.ts';
import type { PackLanguage } from '../pack/pack-language.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import { listTemplates } from '../template/list-templates.ts';
import { planHooks } from '../template/plan-hooks.ts';
import type { ForeignScope, ForeignTemplate } from './foreign-template.ts';
import { renderLiquid, renderLiquidPath } from './liquid-text.ts';

/** What reads the templates of a pack whose language is Liquid. */
export function readLiquidPack(pack: Pack, language: PackLanguage): ForeignTemplate {
  return {
    kind: 'pack',
    answersKey: language.namespace,
    remarks: [],
    templates: listTemplates(pack).map((source) =>
      source.outputTemplate === undefined ? source : { ...source, foreign: { rest: '', newLines: undefined } },
    ),
    makeEnvironment: ({ now, hash }) => createLiquidEnvironment({ now, hash }),
    makeContext: (answers, scope, environment, budget) => makeContext(pack, language, answers, { scope, environment, budget }),
    renderText: renderLiquid,
    renderPath: renderLiquidPath,
    planHooks: (run) => planHooks({ pack, ...run }),
  };
}

interface Rendering {
  readonly scope: ForeignScope;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/**
 * Constants, answers, and what is rendered over them. A variable that does not apply is not there, as templates of Liquid ask for it. While
 * something is not answered yet, `project` is there, for defaults.
 */
function makeContext({ manifest }: Pack, { constants, rendered }: PackLanguage, answers: ValueMap, rendering: Rendering): ValueMap {
  const context = new Map<string, Value>(constants);
  const render = (): void => {
    for (const [name, text] of rendered) {
      const value = typeof text === 'string' ? renderWhere(text, name, context, rendering) : text;
      if (value !== undefined) context.set(name, value);
    }
  };
  for (const { name, when } of manifest.variables) {
    const answer = answers.get(name);
    if (answer === undefined) continue;
    if (when !== undefined) render();
    if (when === undefined || applies(when, context, rendering)) context.set(name, answer);
  }
  render();
  if (manifest.variables.some(({ name }) => !answers.has(name)))
    context.set('project', new Map([['directory', rendering.scope.directory]]));
  return context;
}

function applies(when: string, context: ValueMap, { environment, budget }: Rendering): boolean {
  try {
    return isTruthy(evaluateExpression(when, { name: 'pack.toml when', context, environment, budget }));
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'TEMPLATE_UNDEFINED') return false;
    throw error;
  }
}

/** What needs an answer that is not there is left out. */
function renderWhere(text: string, name: string, context: ValueMap, { environment, budget }: Rendering): string | undefined {
  try {
    return renderTemplate(text, { name: `pack.toml language.rendered.${name}`, context, environment, budget });
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'TEMPLATE_UNDEFINED') return undefined;
    throw error;
  }
}
