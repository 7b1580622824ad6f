import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { createEnvironment } from './environment.ts';
import { evaluateExpression, renderTemplate } from './render-template.ts';

const templates: Record<string, string> = {
  'macros.jinja': '{% macro field(f) %}\n  {{ f.nmae }}\n{% endmacro %}',
  broken: 'a\n{{ 1 + }}',
  base: '<{% block body %}\n{{ nothing }}{% endblock %}>',
};
const context = new Map<string, Value>([
  ['project_name', 'x'],
  ['user', new Map<string, Value>([['name', 'Ada']])],
]);
const environment = createEnvironment({ loadTemplate: (name) => templates[name] });
const options = { name: 'main.jinja', context, environment };

interface Expected {
  readonly code: string;
  readonly at: string;
  readonly message?: string;
  readonly hint?: string;
  readonly suggestions?: readonly string[];
}

function check(run: () => unknown, expected: Expected): void {
  let error: unknown;
  try {
    run();
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(PacksmithError);
  const { code, message, hint, where, suggestions } = error as PacksmithError;
  expect({ code, at: `${where?.file}:${where?.line}:${where?.column}` }).toEqual({ code: expected.code, at: expected.at });
  if (expected.message !== undefined) expect(message).toContain(expected.message);
  if (expected.hint !== undefined) expect(hint).toContain(expected.hint);
  if (expected.suggestions !== undefined) expect(suggestions).toEqual(expected.suggestions);
}

const CASES: readonly (readonly [string, Expected])[] = [
  [
    'a\n  {{ project_nmae }}',
    { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:2:6', message: '"project_nmae" is not defined', suggestions: ['project_name'] },
  ],
  ['{{ qqqq }}', { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:1:4', hint: 'available: ' }],
  ['{{ user.nmae }}', { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:1:9', suggestions: ['name'] }],
  ['{{ user.name | uper }}', { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:16', message: 'no filter named "uper"', suggestions: ['upper'] }],
  ['{{ 1 is od }}', { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:9', message: 'no test named "od"' }],
  ['\n\n{{ 1 + (2 / 0) }}', { code: 'TEMPLATE_FAILED', at: 'main.jinja:3:11', message: 'division by zero' }],
  ["{{ 'x'.uppr() }}", { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:1:8', suggestions: ['upper'] }],
  ["{{ 'x' | center(widht=3) }}", { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:10', suggestions: ['width'] }],
  [
    "{% from 'macros.jinja' import field %}\n{{ field(user) }}",
    { code: 'TEMPLATE_UNDEFINED', at: 'macros.jinja:2:8', hint: 'in macro "field", from main.jinja:2' },
  ],
  ["{% extends 'base' %}", { code: 'TEMPLATE_UNDEFINED', at: 'base:2:4', hint: 'in "base", from main.jinja' }],
  ["x\n{% include 'broken' %}", { code: 'TEMPLATE_SYNTAX', at: 'broken:2:8' }],
  ["\n{% include 'absent' %}", { code: 'TEMPLATE_FAILED', at: 'main.jinja:2:1', message: 'no template "absent"' }],
  ['a {% if x %}\nb', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:3', message: '"if" of line 1 is never closed', hint: 'endif' }],
  ['{% fro x in y %}', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:4', suggestions: ['for', 'from'] }],
  ['{% for i in [1] %}{% endfro %}', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:22', suggestions: ['endfor'] }],
  ['a\n{{ "x', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:2:4', message: 'string is never closed' }],
  ['a\n{{ x', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:2:1', message: 'tag is never closed', hint: '}}' }],
  ['{{ (1, ] }}', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:8', message: 'expected ")"' }],
  ['a\n\n{# x', { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:3:1' }],
  ['{{ 1 | random }}', { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:8', message: 'refused' }],
  ['{{ lipsum() }}', { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:4', message: 'random' }],
];

describe('errors say where they are and what may be meant', () => {
  it.each(CASES)('%s', (template, expected) => check(() => renderTemplate(template, options), expected));

  it('of lone expressions too', () => {
    check(() => evaluateExpression('1 +\n  nope', options), { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:1:3' });
    check(() => evaluateExpression('1 2', options), { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:3' });
    check(() => evaluateExpression('', options), { code: 'TEMPLATE_SYNTAX', at: 'main.jinja:1:1' });
    check(() => evaluateExpression('user.nope', options), { code: 'TEMPLATE_UNDEFINED', at: 'main.jinja:1:6' });
    check(() => evaluateExpression('range', options), { code: 'TEMPLATE_FAILED', at: 'main.jinja:1:1' });
  });
});
