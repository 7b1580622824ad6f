import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createEnvironment } from '../environment.ts';
import { renderTemplate } from '../render-template.ts';

const environment = createEnvironment({ settings: { python: true } });

function render(template: string): string | null {
  try {
    return renderTemplate(template, { name: 'main', context: new Map(), environment });
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'TEMPLATE_FAILED') return null;
    throw error;
  }
}

describe('translate', () => {
  it.each([
    ["{{ 'abc'.translate({97: 'x', 98: none, 99: 100}) }}", 'xd'],
    ["{{ 'a-b'.translate(''.maketrans('-', '_')) }}", 'a_b'],
    ["{{ 'a'.translate({97: 98.5}) }}", null],
    ["{{ 'a'.translate({97: -1}) }}", null],
    ["{{ 'a'.translate({97: 1114112}) }}", null],
    ["{{ 'a'.translate({97: []}) }}", null],
  ])('%s', (template, output) => expect(render(template)).toBe(output));
});
