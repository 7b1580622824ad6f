import { describe, expect, it } from 'vitest';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { createEnvironment } from '../jinja/environment.ts';
import type { Value } from '../pack/values.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { findMissingSources, listTemplates } from './list-templates.ts';
import { renderPack } from './render-pack.ts';

const environment = createEnvironment();

function render(fixture: PackFixture, context: Readonly<Record<string, Value>> = {}, only?: (name: string) => boolean) {
  return renderPack({
    pack: makePack(fixture),
    context: new Map(Object.entries(context)),
    environment,
    budget: createBudget(DEFAULT_LIMITS),
    ...(only === undefined ? {} : { only: ({ name }) => only(name) }),
  });
}

/** `path: text` of each file, with what is not usual behind it. */
function filesOf(fixture: PackFixture, context: Readonly<Record<string, Value>> = {}): string[] {
  return render(fixture, context).files.map(({ path, content, mode, onExists, merge }) =>
    [`${path}: ${decodeUtf8(content)}`, mode === 0o644 ? '' : mode.toString(8), onExists ?? '', merge ?? '']
      .filter((part) => part !== '')
      .join(' '),
  );
}

function problemsOf(fixture: PackFixture, context: Readonly<Record<string, Value>> = {}) {
  try {
    render(fixture, context);
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const { code, message, hint, diagnostics = [] } = error;
    return { code, message, hint, diagnostics };
  }
  throw new Error('it was rendered');
}

describe('renderPack', () => {
  it.each<readonly [string, PackFixture, Readonly<Record<string, Value>>, readonly string[]]>([
    ['nothing but what is below templates', { files: { 'README.md': 'x', 'templates/a': 'A' } }, {}, ['a: A']],
    ['in the order of paths', { files: { 'templates/b': 'B', 'templates/a.jinja': 'A' } }, {}, ['a: A', 'b: B']],
    ['only what has the suffix', { files: { 'templates/a.jinja': '{{ x }}', 'templates/b': '{{ x }}' } }, { x: 1 }, ['a: 1', 'b: {{ x }}']],
    ['with the mode of the template', { files: { 'templates/a': 'A' }, executable: ['templates/a'] }, {}, ['a: A 755']],
    ['paths as templates', { files: { 'templates/{{ d }}/{{ f }}.txt': '' } }, { d: 'x', f: 'y' }, ['x/y.txt: ']],
    [
      'no file whose path has nothing in a segment',
      { files: { 'templates/{{ d }}/a': 'A', 'templates/{% if c %}b{% endif %}': 'B' } },
      { d: '', c: true },
      ['b: B'],
    ],
    [
      'a declared template in its place',
      {
        manifest:
          '[[templates]]\nsource = "templates/a.jinja"\noutput = "x/{{ n }}.txt"\nmode = "0755"\non_exists = "keep"\nmerge = "lines"',
        files: { 'templates/a.jinja': 'A{{ n }}' },
      },
      { n: 1 },
      ['x/1.txt: A1 755 keep lines'],
    ],
    [
      'a declared template where convention puts it',
      { manifest: '[[templates]]\nsource = "templates/s/a.jinja"', files: { 'templates/s/a.jinja': 'A' } },
      {},
      ['s/a: A'],
    ],
    [
      'a file into a directory',
      { manifest: '[[templates]]\nsource = "other/s/a.jinja"\noutput = "d/"', files: { 'other/s/a.jinja': 'A' } },
      {},
      ['d/a: A'],
    ],
    [
      'what a glob finds below a directory',
      {
        manifest: '[[templates]]\nsource = "other/s/**/*.jinja"\noutput = "d/"',
        files: { 'other/s/a.jinja': 'A', 'other/s/t/b.jinja': 'B', 'other/s/c': 'C' },
      },
      {},
      ['d/a: A', 'd/t/b: B'],
    ],
    [
      'what a glob finds from the top',
      { manifest: '[[templates]]\nsource = "*.tpl"\noutput = "d/"', files: { 'a.tpl': 'A' } },
      {},
      ['d/a.tpl: A'],
    ],
    ['text', { manifest: '[[templates]]\ntext = "N{{ n }}"\noutput = "a"' }, { n: 1 }, ['a: N1']],
    ['bytes', { manifest: '[[templates]]\nbase64 = "e3sgbiB9fQ=="\noutput = "a"' }, { n: 1 }, ['a: {{ n }}']],
    [
      'what is wanted',
      { manifest: '[[templates]]\ntext = "A"\noutput = "a"\nwhen = "n == 1"\n[[templates]]\ntext = "B"\noutput = "b"\nwhen = "n == 2"' },
      { n: 1 },
      ['a: A'],
    ],
    [
      'a file for each row that is wanted',
      { manifest: '[[templates]]\ntext = "{{ item }}{{ n }}"\noutput = "{{ item }}"\nfor_each = "rows"\nwhen = "item != \'b\'"' },
      { n: 1, rows: ['a', 'b', 'c'] },
      ['a: a1', 'c: c1'],
    ],
    [
      'a row under another name',
      { manifest: '[[templates]]\ntext = "{{ r }}"\noutput = "{{ r }}"\nfor_each = "rows"\nas = "r"' },
      { rows: ['a'] },
      ['a: a'],
    ],
  ])('gives %s', (_, fixture, context, files) => expect(filesOf(fixture, context)).toEqual(files));

  it('gives injections, with their place', () => {
    const manifest = '[[templates]]\ntext = "use {{ n }}"\ninject = { into = "{{ n }}.ts", after = "// here", once = true }';
    expect(render({ manifest }, { n: 'app' })).toMatchObject({
      pack: 'sample',
      files: [],
      injections: [
        {
          into: 'app.ts',
          text: 'use app',
          position: { kind: 'after', marker: '// here' },
          once: true,
          pack: 'sample',
          template: 'pack.toml [[templates]] 1',
        },
      ],
    });
  });

  it('names the pack and the template of a file', () => {
    const [declared, plain] = render({ manifest: '[[templates]]\ntext = ""\noutput = "a"', files: { 'templates/b': '' } }).files;
    expect([declared, plain].map((file) => [file?.pack, file?.template])).toEqual([
      ['sample', 'pack.toml [[templates]] 1'],
      ['sample', 'templates/b'],
    ]);
  });

  it('renders only what is asked for', () => {
    const files = { 'templates/a': '', 'templates/b.jinja': '{{ broken }}' };
    expect(render({ files }, {}, (name) => name === 'templates/a').files.map(({ path }) => path)).toEqual(['a']);
  });

  it.each<readonly [string, PackFixture, Readonly<Record<string, Value>>, object]>([
    [
      'a name that is not there',
      { files: { 'templates/a.jinja': '\n{{ x }}' } },
      {},
      { code: 'TEMPLATE_ERROR', where: { file: 'templates/a.jinja', line: 2 } },
    ],
    [
      'a name in a path',
      { files: { 'templates/{{ x }}': '' } },
      {},
      { code: 'TEMPLATE_ERROR', where: { file: 'templates/{{ x }} (path)' } },
    ],
    [
      'a path that leaves the project',
      { files: { 'templates/{{ x }}': '' } },
      { x: '..' },
      { code: 'TEMPLATE_UNSAFE_PATH', where: { file: 'templates/{{ x }}' } },
    ],
    [
      'bytes that are no text',
      { files: { 'templates/a.jinja': Uint8Array.of(0xff) } },
      {},
      {
        code: 'TEMPLATE_ERROR',
        message: 'the template is not valid UTF-8',
        where: { file: 'templates/a.jinja' },
        suggestion: 'remove the .jinja suffix to copy the file byte for byte',
      },
    ],
    [
      'bytes that are to be injected',
      { manifest: '[[templates]]\nbase64 = "/w=="\ninject = { into = "a", at = "end" }' },
      {},
      { code: 'TEMPLATE_ERROR', message: 'only text can be injected' },
    ],
    [
      'a condition',
      { manifest: '[[templates]]\ntext = ""\noutput = "a"\nwhen = "x"' },
      {},
      { code: 'TEMPLATE_ERROR', where: { file: 'pack.toml [[templates]] 1 (when)' } },
    ],
    [
      'rows',
      { manifest: '[[templates]]\ntext = ""\noutput = "a"\nfor_each = "x"' },
      {},
      { code: 'TEMPLATE_ERROR', where: { file: 'pack.toml [[templates]] 1 (for_each)' } },
    ],
    ...(
      [
        [null, 'none'],
        [new Map(), 'a map'],
        ['s', 'a string'],
        [1, 'a number'],
      ] as const
    ).map(
      ([x, what]) =>
        [
          `rows that are ${what}`,
          { manifest: '[[templates]]\ntext = ""\noutput = "a"\nfor_each = "x"' },
          { x: x as Value },
          { message: `for_each must give a list, but \`x\` gives ${what}`, where: { file: 'pack.toml [[templates]] 1' } },
        ] as const,
    ),
    [
      'one path twice',
      { manifest: '[[templates]]\ntext = "x"\noutput = "a"', files: { 'templates/a': 'y' } },
      {},
      { code: 'TEMPLATE_COLLISION' },
    ],
  ])('refuses %s', (_, fixture, context, diagnostic) => {
    const problems = problemsOf(fixture, context);
    expect(problems).toMatchObject({
      code: 'TEMPLATE_FAILED',
      message: 'a template of sample 1.0.0 could not be rendered',
      hint: 'nothing was written; the author of the pack can mend this',
      diagnostics: [{ severity: 'error', ...diagnostic }],
    });
  });

  it('names all that fail at once', () => {
    const { message, diagnostics } = problemsOf({ files: { 'templates/a.jinja': '{{ x }}', 'templates/b.jinja': '{{ y }}' } });
    expect(message).toBe('2 templates of sample 1.0.0 could not be rendered');
    expect(diagnostics.map(({ where }) => where?.file)).toEqual(['templates/a.jinja', 'templates/b.jinja']);
  });

  it('ends at once at a limit', () =>
    expect(problemsOf({ files: { 'templates/a.jinja': '{% for i in range(99999999) %}x{% endfor %}' } })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    }));
});

describe('listTemplates', () => {
  const manifest =
    '[[templates]]\nsource = "templates/b"\n[[templates]]\nsource = "none"\noutput = "n"\n[[templates]]\nsource = "no/*"\noutput = "n/"\n[[templates]]\ntext = ""\noutput = "t"';
  const pack = makePack({ manifest, files: { 'templates/b': '', 'templates/a': '' } });
  it('lists what convention gives, then what is declared, each once', () =>
    expect(
      listTemplates(pack).map(({ name, outputTemplate, isConvention, isRendered }) => [name, outputTemplate, isConvention, isRendered]),
    ).toEqual([
      ['templates/a', 'a', true, false],
      ['templates/b', 'b', true, false],
      ['pack.toml [[templates]] 4', 't', false, true],
    ]));
  it('finds sources that are missing', () =>
    expect(findMissingSources(pack)).toEqual([
      { index: 1, source: 'none' },
      { index: 2, source: 'no/*' },
    ]));
});
