import { describe, expect, it } from 'vitest';
import type { ProjectMerge } from '../../core/manifest/project-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { RenderedPack } from '../../core/template/rendered-pack.ts';
import { decodeText, encodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { ScriptedPrompter, type ScriptedReply } from '../../testing/scripted-prompter.ts';
import { settleComposition } from './settle-composition.ts';

const PATHS = ['a.conf', 'b.conf'] as ProjectPath[];
const render = (paths: readonly ProjectPath[], textOf: (pack: PackName) => string) => {
  const packs = (['one', 'two'] as PackName[]).map((pack): RenderedPack => {
    const common = { mode: 0o644, pack, template: 't', onExists: undefined, merge: undefined };
    return { pack, files: paths.map((path) => ({ ...common, path, content: encodeUtf8(textOf(pack)) })), injections: [] };
  });
  return { packs, packRules: [], planHooks: () => [], notes: [], packages: [] };
};
const TEXTS = render(PATHS, (pack) => `${pack}\n`);
const KEYS = render(['a.json' as ProjectPath], (pack) => `{ "${pack}": 1 }\n`);
const ASKING: ProjectMerge = { mode: 'ask', rules: [] };

async function settle(replies: readonly ScriptedReply[] | undefined, merge: ProjectMerge = ASKING, rendered = TEXTS) {
  const prompter = replies && new ScriptedPrompter(replies);
  const settled = await settleComposition({ rendered, merge }, { prompter });
  const files = [...settled.composition.tree].map(([path, { content }]) => [path, decodeText(content)]);
  const open = settled.composition.conflicts.map(({ path, isAsked }) => [path, isAsked]);
  return { files: Object.fromEntries(files), open, rules: settled.merge.rules, seen: prompter?.seen ?? [] };
}

describe('paths of which a person decides', () => {
  it('are asked for once each, and what was decided is a rule', async () => {
    const { files, open, rules, seen } = await settle([{ enter: 'two' }, { enter: 'one' }]);
    expect([files, open]).toEqual([{ 'a.conf': 'two\n', 'b.conf': 'one\n' }, []]);
    expect(rules).toEqual([
      { path: 'a.conf', action: 'overwrite', prefer: 'two' },
      { path: 'b.conf', action: 'overwrite', prefer: 'one' },
    ]);
    expect(seen.map((event) => event.kind === 'prompt' && event.prompt.message)).toEqual([
      'a.conf is written by one and two, and cannot be merged',
      'b.conf is written by one and two, and cannot be merged',
    ]);
  });

  it('may be merged only where that can be done', async () => {
    const { open, rules, files, seen } = await settle([{ enter: 'merge' }], ASKING, KEYS);
    expect([open, rules]).toEqual([[], [{ path: 'a.json', action: 'merge', prefer: undefined }]]);
    expect(JSON.parse(files['a.json'] ?? '')).toEqual({ one: 1, two: 1 });
    expect(seen[0]).toMatchObject({ prompt: { message: 'a.json is written by one and two' } });
    await expect(settle([{ enter: 'merge' }])).rejects.toThrow('does not fit');
  });

  it.each<[ScriptedReply]>([['cancel'], ['back']])('are left by %s: nothing is decided', async (reply) => {
    await expect(settle([{ enter: 'one' }, reply])).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('stay open where there is nobody to ask', async () => {
    const { files, open, rules } = await settle(undefined);
    expect([files, rules]).toEqual([{}, []]);
    expect(open).toEqual(PATHS.map((path) => [path, true]));
  });

  it('are not asked for where the rules decide', async () => {
    const { files, seen } = await settle([], { mode: 'layer', rules: [] });
    expect([files, seen]).toEqual([{ 'a.conf': 'two\n', 'b.conf': 'two\n' }, []]);
  });
});
