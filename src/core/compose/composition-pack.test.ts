import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { parsePackManifest } from '../manifest/parse-pack-manifest.ts';
import type { ProjectMerge } from '../manifest/project-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
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
});
