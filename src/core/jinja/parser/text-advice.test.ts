import { describe, expect, it } from 'vitest';
import { createEnvironment } from '../environment.ts';
import { TEXT_ADVICE } from '../fault.ts';
import { renderTemplate } from '../render-template.ts';

const environment = createEnvironment({ settings: { python: true } });
const render = (template: string) => () => renderTemplate(template, { name: 'a', context: new Map(), environment });

describe('text for another program, in a template of another tool, is told from a template', () => {
  it.each([
    ['an expression of another language', 'name: {{ .Values.name }}'],
    ['a value of another program', 'on: {{ github.ref }}'],
    ['a statement of another language', '{% url "home" %}'],
    ['the beginning of a comment', "style('{#modernizr{top:9px}}')"],
    ['a character that no expression has', '{{ name\\_of }}'],
  ])('%s', (_what, template) => expect(render(template)).toThrow(expect.objectContaining({ hint: expect.stringContaining(TEXT_ADVICE) })));

  it('but not where a name is near', () =>
    expect(render('{{ rang(3) }}')).toThrow(expect.objectContaining({ hint: 'did you mean "range"?' })));
});
