import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../src/adapters/hash.ts';
import { createEnvironment } from '../../src/core/jinja/environment.ts';
import { loadExtensions } from '../../src/core/jinja/extensions/extension-set.ts';
import { renderTemplate } from '../../src/core/jinja/render-template.ts';
import type { Value } from '../../src/core/pack/values.ts';
import { askJinja, readRecorded } from './ask-oracle.ts';

/** What python-slugify 4.0 and CPython 3.11 give. */
const recorded = (askJinja() ?? readRecorded()).extensions;

const NAMES = [
  'cookiecutter.extensions.JsonifyExtension',
  'cookiecutter.extensions.RandomStringExtension',
  'cookiecutter.extensions.SlugifyExtension',
  'cookiecutter.extensions.TimeExtension',
  'cookiecutter.extensions.UUIDExtension',
  'jinja2_strcase.StrcaseExtension',
];

function render(template: string, context: Record<string, Value> = {}, { seed = 's', name = 'main' } = {}): string {
  const { filters, functions } = loadExtensions(NAMES, { now: '2026-03-05T07:08:09.123Z', seed });
  const environment = createEnvironment({ settings: { python: true }, filters, functions, hash: nativeHash });
  return renderTemplate(template, { name, context: new Map(Object.entries(context)), environment });
}

describe('the extensions of cookiecutter', () => {
  it.each(recorded.slug)('slugify %j %j', (text, options, expected) => {
    const written = Object.entries(options).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    expect(render(`{{ text | slugify(${written.join(', ')}) }}`, { text })).toBe(expected);
  });

  it.each(recorded.time)('now with %j', (format, expected) => expect(render(`{% now 'utc', ${JSON.stringify(format)} %}`)).toBe(expected));

  it.each([
    ["{% now 'utc' %}", '2026-03-05'],
    ["{% now 'local' %}", '2026-03-05'],
    ["{% now 'utc' + 'days=30,hours=20', '%F %H' %}", '2026-04-05 03'],
    ["{% now 'utc' - 'months=13' %}", '2025-02-05'],
    ["{% now 'Europe/Berlin', '%H %z' %}", '08 +0100'],
    ["{% now '+05:30', '%H:%M %z' %}", '12:38 +0530'],
    ["{{ {'b': [1], 'a': 'é'} | jsonify }}", '{\n    "a": "\\u00e9",\n    "b": [\n        1\n    ]\n}'],
    [
      '{{ "someThing42 here" | to_snake }} {{ "some-thing" | to_camel }} {{ "SomeThing" | to_kebab }}',
      'some_thing_42_here SomeThing some-thing',
    ],
  ])('%s', (template, expected) => expect(render(template)).toBe(expected));

  it('gives random values that are the same again, and differ by call, template and project', () => {
    const twice = '{{ random_ascii_string(20) }} {{ random_ascii_string(20, punctuation=True) }} {{ uuid4() }}';
    const [first, second, uuid] = render(twice).split(' ');
    expect(first).toMatch(/^[A-Za-z]{20}$/);
    expect(second).toHaveLength(20);
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(render(twice)).toBe([first, second, uuid].join(' '));
    const others = [
      render(twice, {}, { name: 'b' }),
      render(twice, {}, { seed: 't' }),
      render(`{{ random_ascii_string(1) }}${twice}`).slice(1),
    ];
    for (const other of others) expect(other.split(' ')[0]).not.toBe(first);
  });

  it.each([
    ['{% debug %}', 'main:1:4', 'pprint'],
    ['{% trans %}x{% endtrans %}', 'main:1:4', 'write the text itself'],
    ["{% now 'Nowhere/Land' %}", 'main:1:4', 'Europe/Berlin'],
    ['{{ "漢" | slugify }}', 'main:1:10', 'allow_unicode'],
  ])('refuses %s with the place and what to write instead', (template, place, advice) => {
    try {
      render(template);
      expect.unreachable();
    } catch (error) {
      const { where, hint } = error as { where: { file: string; line: number; column: number }; hint: string };
      expect(`${where.file}:${where.line}:${where.column}`).toBe(place);
      expect(hint).toContain(advice);
    }
  });

  it('says which extensions are not known', () => {
    expect(loadExtensions(['jinja2.ext.do', 'local_extensions.Mine'], { now: '', seed: '' }).unknown).toEqual(['local_extensions.Mine']);
  });
});
