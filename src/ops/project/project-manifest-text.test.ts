import { describe, expect, it } from 'vitest';
import type { ProjectManifest, ProjectMerge } from '../../core/manifest/project-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { AnswerEntry } from '../../core/template/answers/answer-types.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { ManifestFacts } from './plan-wanted.ts';
import { answeredManifest, newManifestText, toProjectPack, toRuleValue } from './project-manifest-text.ts';

const WEB = 'web' as PackName;
const PLAIN: ProjectMerge = { mode: 'merge', rules: [] };
const RULE = { path: 'a.txt', action: 'overwrite', prefer: WEB } as const;

function loaded(more: Partial<LoadedPack> = {}): LoadedPack {
  return { pack: makePack({ id: 'web', version: '1.2.0' }), source: './packs/web', because: 'asked for', isFoundById: false, ...more };
}

function answer(name: string, value: AnswerEntry['value'], more: Partial<AnswerEntry> = {}): AnswerEntry {
  return { key: name, name, value, status: 'settled', isSecret: false, source: 'flag', packs: [WEB], ...more } as AnswerEntry;
}

const factsOf = (entries: readonly AnswerEntry[], more: Partial<ManifestFacts> = {}) =>
  ({ packs: [loaded()], answers: { entries }, merge: PLAIN, name: 'shop', migration: [], ...more }) as unknown as ManifestFacts;
const projectOf = (more: Partial<ProjectManifest> = {}): ProjectManifest => ({
  format: 1,
  name: 'shop',
  packs: [],
  variables: new Map(),
  merge: PLAIN,
  preserve: [],
  overrides: new Map(),
  ...more,
});

describe('how packsmith.toml lists a pack', () => {
  it.each<[what: string, more: Partial<LoadedPack>, version: string | undefined, source: string | undefined]>([
    ['that was found by its id', { isFoundById: true }, '^1.2.0', undefined],
    ['of a folder', {}, undefined, './packs/web'],
    [
      'of a branch, as it was named',
      { source: 'git+https://x/a.git#abc', requested: 'git+https://x/a.git#main' },
      undefined,
      'git+https://x/a.git#main',
    ],
    ['of a package, in the usual range', { source: 'npm:web@1.2.0' }, '^1.2.0', 'npm:web'],
  ])('%s', (_, more, version, source) => {
    expect(toProjectPack(loaded(more))).toEqual({ id: 'web', version, source, variables: new Map() });
  });
});

describe('a new packsmith.toml', () => {
  it('has the answers that people gave or that a pack gave for them, and no secret, whatever holds it', async () => {
    const text = await newManifestText(
      factsOf([
        answer('name', 'shop'),
        answer('port', 80, { source: 'default' }),
        answer('key', 'hunter22', { isSecret: true }),
        answer('address', 'https://me:hunter22@x', { source: 'default' }),
        answer('slug', 'shop', { source: 'computed' }),
        answer('none', undefined, { source: 'none' }),
        answer('empty', null),
        answer('open', 'x', { status: 'missing' as AnswerEntry['status'] }),
      ]),
      undefined,
    );
    expect(text).toMatch(/\[variables\]\nname = "shop"\nport = 80\n/);
    for (const absent of ['hunter22', 'slug', 'none', 'empty', 'open']) expect(text).not.toContain(absent);
  });

  it('lists what a composition lists, from places that the project finds', async () => {
    const packs = [
      loaded({ requested: '../packs/web' }),
      loaded({ pack: makePack({ id: 'core' }), because: 'web needs it' as LoadedPack['because'] }),
    ];
    const listed = { id: WEB, version: undefined, variables: new Map([['port', 1]]) };
    const compose = (source: string | undefined) =>
      newManifestText(
        factsOf([], { packs }),
        projectOf({ packs: [{ ...listed, source }], preserve: ['docs/**'], overrides: new Map([['core' as PackName, '^2']]) }),
      );
    const text = await compose('./web');
    expect(text).toContain('source = "../packs/web"');
    expect(text).toContain('docs/**');
    expect(text).toContain('core = "^2"');
    expect(await compose(undefined)).not.toContain('source');
  });
});

const TEXT = 'format = 1\nname = "shop"\n\n[variables]\nport = 80 # mine\n';
const state = (more: Partial<ProjectManifest> = {}): ProjectState =>
  ({ manifest: projectOf({ variables: new Map([['port', 80]]), ...more }), manifestText: TEXT }) as unknown as ProjectState;

describe('the packsmith.toml of a user', () => {
  it('stays as it is where nothing new was given', async () => {
    const known = [answer('port', 80), answer('name', 'x', { source: 'project' }), answer('level', 1, { source: 'settings' })];
    expect(await answeredManifest(state(), factsOf(known))).toBe(TEXT);
  });

  it('takes what was given now, comments kept', async () => {
    const text = await answeredManifest(state(), factsOf([answer('port', 81), answer('web.name', 'x')]));
    expect(text).toContain('port = 81 # mine');
    expect(text).toMatch(/name = "x"/);
  });

  it('takes the mode and the rules of this run where they are others', async () => {
    const text = await answeredManifest(state(), factsOf([], { merge: { mode: 'layer', rules: [RULE] } }));
    expect(text).toContain('mode = "layer"');
    expect(text).toContain('prefer = "web"');
    const merge = { mode: 'layer', rules: [RULE] } as const;
    expect(await answeredManifest(state({ merge }), factsOf([], { merge }))).toBe(TEXT);
  });

  it('has no preference in a rule that has none', () => {
    expect(toRuleValue({ path: 'a', action: 'keep', prefer: undefined })).toEqual(
      new Map([
        ['path', 'a'],
        ['action', 'keep'],
      ]),
    );
  });
});
