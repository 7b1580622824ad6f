import { describe, expect, it } from 'vitest';
import type { Value } from '../../pack/values.ts';
import { answersFromEnvironment, answersFromFlags, collectGiven, parseVarFlag } from './given-sources.ts';
import { parseVarsFile } from './vars-file.ts';

it.each<[string, string, string]>([
  ['port=8080', 'port', '8080'],
  ['name=', 'name', ''],
  ['url=a=b', 'url', 'a=b'],
  ['web-api.port=1', 'web-api.port', '1'],
  ['@acme/web.api.port=1', '@acme/web.api.port', '1'],
  // Other tools ask by any name.
  ['Project name=Q', 'Project name', 'Q'],
  ['1st=a', '1st', 'a'],
  ['é=x', 'é', 'x'],
])('parseVarFlag %s', (flag, key, text) => expect(parseVarFlag(flag)).toEqual({ key, text }));

it.each(['', 'port', '=1', ' =1', '.x=1', 'pack.=1', 'a\u0007=1'])('parseVarFlag refuses "%s"', (flag) =>
  expect(() => parseVarFlag(flag)).toThrow(expect.objectContaining({ code: 'VAR_FLAG_INVALID' })),
);

it('the last of two flags counts', () => expect(answersFromFlags(['a=1', 'a=2']).values.get('a')).toEqual({ kind: 'text', text: '2' }));

it('reads the environment', () => {
  const { values } = answersFromEnvironment({
    PACKSMITH_VAR_PORT: '1',
    PACKSMITH_VAR_A: '',
    PATH: 'x',
    PACKSMITH_VAR_: 'y',
    PACKSMITH_VAR_B: undefined,
  });
  expect([...values]).toEqual([['PORT', { kind: 'text', text: '1', detail: 'PACKSMITH_VAR_PORT' }]]);
});

it('puts later files first', () => {
  const file = (detail: string) => ({ source: 'file' as const, detail, values: new Map([['a', { kind: 'value' as const, value: 1 }]]) });
  const given = collectGiven({ files: [file('1.toml'), file('2.toml')], flags: ['a=1'], environment: {}, project: new Map([['a', 1]]) });
  expect(given.map(({ source, detail }) => detail ?? source)).toEqual(['flag', '2.toml', '1.toml', 'project']);
});

describe('parseVarsFile', () => {
  const TREE = new Map<string, Value>([
    ['name', 'x'],
    ['port', 8080],
    ['big', 9007199254740993n],
    ['ok', true],
    ['tags', ['a', 1.5]],
    ['web', new Map<string, Value>([['__proto__', 'p']])],
  ]);
  it.each<[string, string, lines: number[]]>([
    [
      'v.toml',
      'name = "x"\nport = 8080\nbig = 9007199254740993\nok = true\ntags = ["a", 1.5]\n\n[web]\n__proto__ = "p"\n',
      [1, 2, 3, 4, 5, 7],
    ],
    ['v.yaml', '# c\nname: x\nport: 8080\nbig: 9007199254740993\nok: true\ntags: [a, 1.5]\nweb:\n  __proto__: p\n', [2, 3, 4, 5, 6, 7]],
    [
      'V.JSON',
      '\ufeff{"name": "x",\n"port": 8080,\n"big": 9007199254740993,\n"ok": true,\n"tags": ["a", 1.5],\n"web": {"__proto__": "p"}}',
      [1, 2, 3, 4, 5, 6],
    ],
  ])('%s', (fileName, text, lines) => {
    const { given, diagnostics } = parseVarsFile(text, fileName);
    expect(diagnostics).toEqual([]);
    expect(given.detail).toBe(fileName);
    const entries = [...given.values].map(([key, value]) => [key, value.kind === 'value' ? value.value : undefined]);
    expect(new Map(entries as [string, Value][])).toEqual(TREE);
    expect([...given.values.values()].map((value) => (value.kind === 'value' ? value.where?.line : 0))).toEqual(lines);
  });

  it('takes TOML dates as text and empty YAML as nothing', () => {
    const date = parseVarsFile('d = 2026-11-22\n', 'v.toml').given.values.get('d');
    expect(date).toMatchObject({ kind: 'value', value: '2026-11-22' });
    expect(parseVarsFile('', 'v.yml')).toMatchObject({ diagnostics: [] });
  });

  it.each<[string, string, message: string, line: number]>([
    ['v.toml', 'a = 1\nb = = 2\n', '', 2],
    ['v.toml', 'a = 1\na = 2\n', '', 2],
    ['v.toml', `a = ${'['.repeat(1000)}`, 'levels of nesting', 1],
    ['v.toml', `${'a.'.repeat(20_000)}b = 1`, '', 1],
    ['v.yaml', 'a: 1\nb: [\n', '', 3],
    ['v.yaml', 'a: 1\na: 2\n', 'unique', 2],
    ['v.yaml', 'a: &x 1\nb: *x\n', 'anchors', 1],
    ['v.yaml', 'a: 1\nb: !!js/function x\n', 'tag', 2],
    ['v.yaml', '- 1\n', 'table of names', 1],
    ['v.yaml', 'a: .inf\n', 'infinite', 1],
    ['v.yaml', '['.repeat(100_000), 'levels of nesting', 1],
    ['v.yaml', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'nested too deeply', 257],
    ['v.yaml', `${'- '.repeat(5000)}a`, 'nested too deeply', 1],
    ['v.json', '{"a": 1,\n}', '', 2],
    ['v.json', '{"a": 1, "a": 2}', 'repeated', 1],
    ['v.json', '{"a": 1} // c', '', 1],
    ['v.json', '[1]', 'table of names', 1],
    ['v.json', '', '', 1],
    ['v.json', `{"a": "${'x'.repeat(1_000_001)}"}`, 'at most 1000000', 1],
    ['v.ini', 'a=1', '.toml', 1],
  ])('%s %#', (fileName, text, message, line) => {
    const { given, diagnostics } = parseVarsFile(text, fileName);
    expect(given.values.size).toBe(0);
    expect(diagnostics).toMatchObject([
      { code: 'VARS_FILE_INVALID', severity: 'error', message: expect.stringContaining(message), where: { file: fileName, line } },
    ]);
  });
});
