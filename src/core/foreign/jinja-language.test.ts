import { describe, expect, it } from 'vitest';
import { runForeign } from '../../testing/foreign-fixture.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import type { Value } from '../pack/values.ts';
import { renderPack } from '../template/render-pack.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { readJinjaPack } from './jinja-language.ts';

/** What a pack with this `[language]` generates. */
function generate(
  language: string,
  files: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, Value>> = {},
): Record<string, string> {
  const pack = makePack({
    manifest: `[variables.name]\ntype = "string"\ndefault = "x"\n\n[language]\ndialect = "jinja2"\n${language}`,
    files,
  });
  if (pack.manifest.language === undefined) throw new Error('it has no language');
  const foreign = readJinjaPack(pack, pack.manifest.language);
  const { files: made } = renderPack({ pack: { ...pack, foreign }, ...runForeign({ foreign }, answers) });
  return Object.fromEntries(made.map(({ path, content }) => [path, decodeUtf8(content) ?? 'no text']));
}

describe('a pack whose templates are of another language', () => {
  it.each<readonly [what: string, language: string, files: Readonly<Record<string, string>>, made: Readonly<Record<string, string>>]>([
    ['names of its own', '', { 'templates/a.jinja': '{{ name }}' }, { a: 'Ada' }],
    ['a namespace', 'namespace = "cookiecutter"', { 'templates/{{ cookiecutter.name }}.jinja': '{{ cookiecutter.name }}' }, { Ada: 'Ada' }],
    [
      'constants and rendered values',
      'constants = { c = [1, "{{ x }}"] }\nrendered = { r = "{{ name }}!", l = ["{{ c[0] }}", true], m = { "k{{ name }}" = "{{ r }}" } }',
      { 'templates/a.jinja': '{{ c }} {{ r }} {{ l }} {{ m }}' },
      { a: "[1, '{{ x }}'] Ada! ['1', True] {'kAda': 'Ada!'}" },
    ],
    [
      'a rendered value that needs what is not there',
      'rendered = { r = "{{ nothing }}" }',
      { 'templates/a.jinja': '{{ r is defined }}' },
      { a: 'False' },
    ],
    [
      'names that no variable can have, and nulls',
      'namespace = "c"\nnames = { name = "theName" }\nnulls = ["nothing"]',
      { 'templates/a.jinja': '{{ c.theName }} {{ c.name is defined }} {{ c.nothing is none }}' },
      { a: 'Ada False True' },
    ],
    ['null where nothing was answered', 'nulls = ["name"]', { 'templates/a.jinja': '{{ name }}' }, { a: 'Ada' }],
    [
      'delimiters',
      'delimiters = { variable_start = "[[", variable_end = "]]" }',
      { 'templates/a.jinja': '[[ name ]] {{ name }}' },
      { a: 'Ada {{ name }}' },
    ],
    [
      'white space',
      'trim_blocks = true\nlstrip_blocks = true\nkeep_trailing_newline = false',
      { 'templates/a.jinja': '  {% if true %}\nx\n{% endif %}\ny\n' },
      { a: 'x\ny' },
    ],
    [
      'line ends of each file',
      '',
      { 'templates/a.jinja': '{{ name }}\r\nb\r\n', 'templates/b.txt': 'c\r\n' },
      { a: 'Ada\r\nb\r\n', 'b.txt': 'c\r\n' },
    ],
    ['line ends that are said', 'new_lines = "\\r\\n"', { 'templates/a.jinja': 'b\n' }, { a: 'b\r\n' }],
    [
      'includes by their names',
      '',
      {
        'templates/a.jinja': '{% include "./b.txt" %}{% include "p" %}{% include "gone" ignore missing %}',
        'templates/b.txt.jinja': 'B',
        'partials/p': 'P',
      },
      { a: 'BP', 'b.txt': 'B' },
    ],
    [
      'what is changed before everything else',
      'namespace = "c"\nrendered = { r = "{{ c.name }}" }\nchanges = ["{{ c.update({\'more\': [1.0], \'name\': c.name | upper}) }}", "{{ c.more.append(2) }}"]',
      { 'templates/{{ c.name }}.jinja': '{{ c.name }} {{ c.r }} {{ c.more }}' },
      { ADA: 'ADA Ada [1.0, 2]' },
    ],
    ['listed templates', '', { 'x.jinja': '{{ name }}' }, {}],
    [
      'extensions',
      'extensions = ["cookiecutter.extensions.SlugifyExtension"]',
      { 'templates/a.jinja': "{{ 'A B' | slugify }}" },
      { a: 'a-b' },
    ],
  ])('%s', (_what, language, files, made) => expect(generate(language, files, { name: 'Ada' })).toEqual(made));

  it('keeps templates that the manifest lists as they are', () => {
    const listed = '\n[[templates]]\nsource = "x.jinja"\noutput = "x.txt"\n';
    expect(generate(listed, { 'x.jinja': '{{ name }}\r\n' }, { name: 'Ada' })).toEqual({ 'x.txt': 'Ada\n' });
  });

  it('fails in a rendered value that is wrong, and for extensions that are not known', () => {
    expect(() => generate('rendered = { r = "{{ 1 / 0 }}" }', {})).toThrow('division');
    expect(() => generate('extensions = ["mine.Extension"]', {})).toThrow('the extension "mine.Extension", which is not known');
  });
});
