import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import type { GenerationPreview } from './plan-wanted.ts';
import { planSaveComposition } from './save-composition.ts';

interface Scene {
  readonly id?: string;
  readonly isFoundById?: boolean;
  readonly answers?: readonly Partial<AnswerEntry>[];
  readonly conflicts?: readonly object[];
  readonly files?: Readonly<Record<string, string>>;
}

function save({ id = 'stack', isFoundById = true, answers = [], conflicts = [], files = {} }: Scene = {}) {
  const packs = [
    {
      pack: makePack({ id: 'web', manifest: '[variables.port]\ntype = "integer"\ndefault = 2\n' }),
      source: 'web@1.0.0',
      because: 'asked for',
      isFoundById,
    },
    { pack: makePack({ id: 'core' }), source: './core', because: 'web needs it', isFoundById: false },
  ];
  const preview = { plan: { conflicts, paths: [] }, packs, merge: { mode: 'merge', rules: [] }, answers } as unknown as GenerationPreview;
  return planSaveComposition({ id, preview }, { project: new MemoryProjectDir(files), hash: nativeHash });
}

describe('a composition as a pack', () => {
  it('is a plan of new files, with what was asked for and not what that needs', async () => {
    const plan = await save();
    expect(plan.paths.map(({ path, action }) => `${action} ${path}`)).toContain('create pack.toml');
    expect(plan.warnings).toEqual([]);
    const texts = JSON.stringify(plan.contents);
    expect(texts).not.toBe('{}');
  });

  it('says which answers it cannot take along', async () => {
    const [definition] = makePack({ manifest: '[variables.port]\ntype = "integer"\n' }).manifest.variables;
    const own = (source: AnswerEntry['source']) =>
      ({
        key: 'web.port',
        name: 'port',
        value: 1,
        status: 'settled',
        source,
        packs: ['web'],
        definition,
      }) as unknown as Partial<AnswerEntry>;
    const shared = { ...own('flag'), key: 'port' };
    expect((await save({ answers: [own('flag'), own('default'), own('computed'), own('none'), shared] })).warnings).toEqual([
      'web.port belongs to one pack alone: the new pack cannot answer it, and asks for it again',
    ]);
  });

  it.each<[what: string, scene: Scene, code: string, says: string]>([
    ['the id is none', { id: 'My Stack' }, 'REFERENCE_INVALID', '"My Stack" is not a pack id'],
    ['something is there', { files: { 'a.txt': 'mine\n' } }, 'PROJECT_IN_THE_WAY', 'is not empty'],
    ['a pack is known by its path alone', { isFoundById: false }, 'COMPOSITION_NOT_PORTABLE', 'web can be found only by a path'],
    [
      'the packs disagree',
      { conflicts: [{ path: 'a.txt', ours: 'web', theirs: 'core', places: [] }] },
      'COMPOSE_CONFLICT',
      'nothing was written',
    ],
  ])('is refused where %s', async (_, scene, code, says) => {
    await expect(save(scene)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });
});
