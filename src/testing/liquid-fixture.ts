import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { renderTemplate } from '../core/jinja/render-template.ts';
import { createLiquidEnvironment } from '../core/liquid/liquid-environment.ts';
import type { Value } from '../core/pack/values.ts';

/** What the templates of tests see. */
export const LIQUID_CONTEXT = new Map<string, Value>([
  ['project-name', 'my-app'],
  ['name', 'Ada'],
  ['flag', true],
  ['off', false],
  ['nothing', null],
  ['blank_text', '  '],
  ['no_text', ''],
  ['tags', ['a', 'b', 'c']],
  ['none', []],
  ['numbers', [3, 1, 2]],
  ['user', new Map<string, Value>([['name', 'Ada'] as const, ['size', 'tall'] as const])],
  [
    'people',
    [
      new Map<string, Value>([['n', 'Bo'] as const, ['age', 3] as const]),
      new Map<string, Value>([['n', 'al'] as const, ['age', 1] as const]),
      new Map<string, Value>([['n', 'Cy'] as const]),
    ],
  ],
]);

function render(template: string): string {
  const environment = createLiquidEnvironment({ now: '2026-03-05T07:08:09Z' });
  return renderTemplate(template, { name: 't', context: LIQUID_CONTEXT, environment });
}

/** What a template gives, or how it is refused. */
export function outcomeOf(template: string): string {
  try {
    return render(template);
  } catch (error) {
    if (error instanceof PacksmithError) return `${error.code} ${error.where?.line}:${error.where?.column} ${error.message}`;
    throw error;
  }
}
