import { describe, expect, it } from 'vitest';
import { rewriteTera } from './rewrite-tera.ts';

describe('a template of Tera', () => {
  it.each([
    ['{{- name -}}', '{{- name -}}'],
    ['{# {{ x | foo }} #}{% raw %}{{ x | foo }}{% endraw %}', '{# {{ x | foo }} #}{% raw %}{{ x | foo }}{% endraw %}'],
    ['{{ "}}" ~ x }}', '{{ "}}" ~ x }}'],
    ['{{ "a\\" ~ `"` }}', '{{ "a\\\\" ~ "\\"" }}'],
    ['{{ a | replace(from="x", to="y") | upper }}', '{{ a | replace("x", "y") | upper }}'],
    ['{% for k, v in m -%}{% endfor %}', '{% for k, v in m | items -%}{% endfor %}'],
    ['{{ rows.0.name }}{{ rows[0]["?name"] }}', '{{ rows[0].name }}{{ rows[0]["name"] }}'],
    ['{% macro a(b, c="d") %}{% endmacro a %}{{ self::a(b=1) }}', '{% macro a(b, c="d") %}{% endmacro %}{{ a(b=1) }}'],
    ['{{ not closed', '{{ not closed'],
    ['{% raw %}{{', '{% raw %}{{'],
  ])('%s becomes %s', (text, expected) => {
    expect(rewriteTera(text)).toEqual({ text: expected, findings: [] });
  });

  it('renames names, and neither attributes nor arguments nor filters', () => {
    const renames = new Map([['name', 'row.name']]);
    expect(rewriteTera('{{ name }}{{ x.name }}{{ x | replace(from=name, to="name") }}', { renames }).text).toBe(
      '{{ row.name }}{{ x.name }}{{ x | replace(row.name, "name") }}',
    );
  });

  it('says where it cannot be written', () => {
    expect(rewriteTera('a\n{{ x | date(format="%Y") }}').findings).toMatchObject([
      { offset: 9, message: 'the filter date is not translated' },
    ]);
  });

  it.each([
    ['brackets', `{{ ${'('.repeat(200_000)} }}`],
    ['calls', `{{ ${'a('.repeat(100_000)} }}`],
    ['indexes', `{{ ${'a['.repeat(100_000)} }}`],
    ['quotes', `{{ ${'"\\'.repeat(300_000)}`],
    ['tags that are not closed', '{{ '.repeat(300_000)],
    ['openings of raw text', '{% raw %}'.repeat(100_000)],
    ['filters', `{{ a${' | upper'.repeat(50_000)} }}`],
    ['filters that are written with their operand twice', `{{ a${' | default(value=1)'.repeat(1_000)}${' is defined'.repeat(1_000)} }}`],
    ['negations', `{{ ${'not '.repeat(200_000)}a }}`],
    ['blanks', `{%${' '.repeat(500_000)}`],
  ])('takes bounded time for %s', (_name, text) => {
    const start = performance.now();
    rewriteTera(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
