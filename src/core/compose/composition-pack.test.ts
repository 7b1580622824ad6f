import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { parsePackManifest } from '../manifest/parse-pack-manifest.ts';
import type { ProjectMerge } from '../manifest/project-manifest.ts';
import type { VariableDefinition } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { AnswerEntry } from '../template/answers/answer-types.ts';
import type { RenderedPack } from '../template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { composePacks } from './compose-packs.ts';
import { makeCompositionPack } from './composition-pack.ts';
import { mergePlainText } from './merges/text.ts';

const NAMES = ['a', 'b', 'c'] as PackName[];
const PATHS = ['Dockerfile', 'x.conf', 'docs/y.conf'] as ProjectPath[];
const PACKS = NAMES.map((pack): RenderedPack => {
  const common = { mode: 0o644, pack, template: 't', onExists: undefined, merge: undefined };
  return { pack, files: PATHS.map((path) => ({ ...common, path, content: encodeUtf8(`${pack}\n`) })), injections: [] };
});

function composed(rules: ProjectMerge, packRules: readonly { path: string; driver: string }[]) {
  const { tree, conflicts } = composePacks({ packs: PACKS, rules, packRules, drivers: new Map([['text', mergePlainText]]) });
  const files = [...tree].map(([path, { content }]) => [path, decodeText(content)?.trim()] as const);
  return Object.fromEntries([...files, ...conflicts.map(({ path }) => [path, 'conflict'] as const)]);
}

function rule(path: string, action: ProjectMerge['mode'], prefer?: string): ProjectMerge['rules'][number] {
  return { path, action, prefer: prefer as PackName | undefined };
}

const CASES: readonly [string, ProjectMerge, string][] = [
  ['whole files of one pack', { mode: 'merge', rules: [rule('Dockerfile', 'overwrite', 'a')] }, 'a conflict conflict'],
  ['one pack where the merge is not clean', { mode: 'merge', rules: [rule('**', 'merge', 'b')] }, 'b b b'],
  ['the mode', { mode: 'layer', rules: [rule('*.conf', 'keep')] }, 'c a c'],
  [
    'the most specific rule',
    { mode: 'merge', rules: [rule('docs/*', 'keep'), rule('**', 'layer'), rule('x.conf', 'merge')] },
    'c conflict a',
  ],
  ['the later of two rules', { mode: 'merge', rules: [rule('x.conf', 'keep'), rule('x.conf', 'overwrite', 'b')] }, 'conflict b conflict'],
  ['what is to be asked', { mode: 'keep', rules: [rule('Dockerfile', 'ask')] }, 'conflict a a'],
];

describe('a composition that is saved as a pack', () => {
  it.each(CASES)('settles paths as the composition does: %s', (_, rules, expected) => {
    const packs = NAMES.map((id) => makePack({ id }));
    const text = makeCompositionPack({ id: 'all' as PackName, packs, rules, answers: [] }).get('pack.toml') ?? '';
    const { manifest, diagnostics } = parsePackManifest(text);
    expect(diagnostics).toEqual([]);
    const direct = composed(rules, []);
    expect(PATHS.map((path) => direct[path]).join(' ')).toBe(expected);
    expect(composed({ mode: 'merge', rules: [] }, manifest?.merge ?? [])).toEqual(direct);
  });

  const entry = (name: string, more: Partial<AnswerEntry>, definition: Partial<VariableDefinition> = {}) =>
    ({
      name,
      status: 'settled',
      isSecret: false,
      source: 'flag',
      value: name,
      ...more,
      definition: { name, type: 'string', shared: true, choices: [], ...definition },
    }) as unknown as AnswerEntry;

  it('has the answers that were given as defaults, and no secret', () => {
    const answers = [
      entry('flag', {}),
      entry('file', { source: 'file' }),
      entry('stored', { source: 'project' }),
      entry('asked', { source: 'interactive' }),
      entry('default', { source: 'default' }),
      entry('secret', { isSecret: true }),
      entry('own', {}, { shared: false }),
      entry('hidden', { status: 'hidden' as AnswerEntry['status'] }),
    ];
    const request = {
      id: 'all' as PackName,
      packs: NAMES.map((id) => makePack({ id })),
      rules: { mode: 'merge', rules: [] } as const,
      answers,
    };
    const { manifest, diagnostics } = parsePackManifest(makeCompositionPack(request).get('pack.toml') ?? '');
    expect(diagnostics).toEqual([]);
    expect(manifest?.variables.map(({ name, type, default: value }) => [name, type, value])).toEqual(
      ['flag', 'file', 'stored', 'asked'].map((name) => [name, 'string', name]),
    );
  });

  it('defines what it asks as the packs do', () => {
    const choices = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ];
    const answers = [
      entry('plain', {}, { prompt: 'Which?', description: 'What it is.', group: 'One', pattern: '[a-z]+' }),
      entry('port', { value: 8080 }, { type: 'integer', min: 1, max: 9000 }),
      entry('pick', { value: 'b' }, { type: 'choice', choices }),
    ];
    const packs = NAMES.map((id) => makePack({ id }));
    const text = makeCompositionPack({ id: 'all' as PackName, packs, rules: { mode: 'merge', rules: [] }, answers }).get('pack.toml') ?? '';
    const { manifest, diagnostics } = parsePackManifest(text);
    expect(diagnostics).toEqual([]);
    expect(manifest?.variables).toMatchObject([
      { name: 'plain', prompt: 'Which?', description: 'What it is.', group: 'One', pattern: '[a-z]+', default: 'plain', choices: [] },
      { name: 'port', type: 'integer', min: 1, max: 9000, default: 8080 },
      { name: 'pick', type: 'choice', choices, default: 'b' },
    ]);
    expect(text).not.toContain('[merge]');
  });

  it('depends on the packs in their order, and says what it is', () => {
    const packs = [makePack({ id: 'b', version: '2.1.0' }), makePack({ id: 'a' })];
    const files = makeCompositionPack({ id: 'all' as PackName, packs, rules: { mode: 'merge', rules: [] }, answers: [] });
    expect([...files.keys()]).toEqual(['pack.toml', 'README.md', 'CHANGELOG.md']);
    const { manifest } = parsePackManifest(files.get('pack.toml') ?? '');
    expect(manifest).toMatchObject({
      id: 'all',
      version: '0.1.0',
      title: 'all',
      description: 'Composition of A sample, A sample',
      category: 'composition',
    });
    expect(files.get('pack.toml')).toContain('[dependencies]\nb = "^2.1.0"\na = "^1.0.0"\n');
    expect(files.get('README.md')).toBe(
      '# all\n\nA composition of b, a.\n\n- **b** 2.1.0: A pack for tests\n- **a** 1.0.0: A pack for tests\n\nGenerate a project with `packs generate all DIR`.\n',
    );
    expect(files.get('CHANGELOG.md')).toBe('# Changelog\n\n## 0.1.0\n\n- First composition of b, a.\n');
  });
});
