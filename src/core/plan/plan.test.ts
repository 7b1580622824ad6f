import { describe, expect, it } from 'vitest';
import type { DesiredFile } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import type { Value } from '../pack/values.ts';
import type { Decision } from '../reconcile/decision-table.ts';
import type { Placement } from '../reconcile/place-files.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { fileIdentity } from './file-identity.ts';
import { type SituationFacts, situationsOf } from './find-situations.ts';
import { type PlannedFile, type PlannedPath, toPlainValue } from './generation-plan.ts';
import { markerLabels } from './marker-labels.ts';
import { describeObstacle, type Obstacle } from './obstacles.ts';
import { planUndoOf } from './plan-undo.ts';
import { readPlannedContent, toPlannedContents } from './planned-contents.ts';

const path = (text: string) => text as ProjectPath;
const digest = (text: string) => text as Digest;

describe('fileIdentity', () => {
  it('is the digest, and whether the owner may execute it', () => {
    expect(fileIdentity(digest('d'), 0o644)).toBe('d');
    expect(fileIdentity(digest('d'), undefined)).toBe('d');
    expect(fileIdentity(digest('d'), 0o611)).toBe('d');
    expect(fileIdentity(digest('d'), 0o700)).toBe('d x');
    expect(fileIdentity(undefined, 0o700)).toBeUndefined();
  });
});

describe('toPlainValue', () => {
  it('is what JSON has', () => {
    const value = new Map<string, Value>([
      ['big', 12345678901234567890n],
      ['list', [1, 'a', null, true, new Map([['x', 1n]])]],
    ]) as Value;
    expect(toPlainValue(value)).toEqual({ big: '12345678901234567890', list: [1, 'a', null, true, { x: '1' }] });
  });
});

describe('markerLabels', () => {
  const versions = {
    before: [
      { id: 'web', version: '1.0.0' },
      { id: 'core', version: '1.0.0' },
    ],
    now: [
      { id: 'web', version: '2.0.0' },
      { id: 'core', version: '1.0.0' },
    ],
  };
  it.each<readonly [readonly string[] | undefined, readonly string[] | undefined, string, string]>([
    [['web'], ['web'], 'web 1.0.0', 'web 2.0.0'],
    [['core'], ['core'], 'core 1.0.0, before', 'core 1.0.0, now'],
    [['web', 'core'], ['core', 'web'], 'web 1.0.0 and core 1.0.0', 'core 1.0.0 and web 2.0.0'],
    [undefined, ['web'], 'nothing', 'web 2.0.0'],
    [['web'], undefined, 'web 1.0.0', 'no pack'],
    [['gone'], ['web', 'core', 'x', 'y'], 'gone', 'web 2.0.0, core 1.0.0 and 2 more'],
  ])('of %j and %j', (base, theirs, was, is) =>
    expect(markerLabels({ base, theirs }, versions)).toEqual({ ours: 'yours', base: was, theirs: is }),
  );
});

describe('describeObstacle', () => {
  const decision = (pathClass: Decision['class']) => ({ class: pathClass, reason: 'yours is another' }) as Decision;
  it.each<readonly [Obstacle, string, string]>([
    [{ kind: 'directory' }, 'a directory is in the way', 'yours is another: a directory'],
    [{ kind: 'link', leadsOut: false }, 'a link is in the way', 'yours is another: a link'],
    [{ kind: 'link', leadsOut: true }, 'a link out of the project is in the way', 'yours is another: a link out of the project'],
    [
      { kind: 'blocked', by: 'a', isLink: true },
      'a is a link, so that nothing can be written below it',
      'yours is another: a is a link, so that nothing can be written below it',
    ],
    [
      { kind: 'blocked', by: 'a', isLink: false },
      'a is a file, so that nothing can be written below it',
      'yours is another: a is a file, so that nothing can be written below it',
    ],
    [{ kind: 'other' }, 'something that is no file is in the way', 'yours is another: something that is no file'],
  ])('of %j', (obstacle, inTheWay, replaced) => {
    expect(describeObstacle(obstacle, decision('in-the-way'))).toBe(inTheWay);
    expect(describeObstacle(obstacle, decision('replaced'))).toBe(replaced);
  });
});

describe('planned contents', () => {
  it('are text where they are UTF-8, else base64, in code-unit order', () => {
    const parts = [new Map([[digest('b'), encodeUtf8('ü\0')]]), new Map([[digest('a'), Uint8Array.of(0xff, 0)]])];
    const contents = toPlannedContents(parts);
    expect(JSON.stringify(contents)).toBe('{"a":{"base64":"/wA="},"b":{"text":"ü\\u0000"}}');
    expect([...readPlannedContent({ contents }, digest('a'))]).toEqual([0xff, 0]);
    expect([...readPlannedContent({ contents }, digest('b'))]).toEqual([...encodeUtf8('ü\0')]);
    expect(() => readPlannedContent({ contents }, digest('c'))).toThrow(
      expect.objectContaining({ code: 'PLAN_INVALID', message: 'the plan has no content c' }),
    );
  });
});

describe('situationsOf', () => {
  const placement: Placement = { output: path('a'), locked: undefined, current: path('a'), target: path('a'), how: 'in-place' };
  const locked = (mode: number): LockedFile => ({ path: path('a'), sha256: digest('d'), mode, packs: [], template: 't' });
  const planned = (more: Partial<PlannedPath> = {}): PlannedPath => ({
    path: path('a'),
    class: 'unchanged',
    action: 'keep',
    reason: '',
    packs: [],
    ...more,
  });
  const onDisk = (mode: number): DiskEntry => ({ kind: 'file', digest: digest('d'), mode, size: 1 });
  const wanted = (content: Uint8Array, mode = 0o644) => ({ content, mode }) as DesiredFile;
  const text = encodeUtf8('text');
  const binary = Uint8Array.of(0);

  it.each<readonly [string, Partial<SituationFacts>, readonly string[]]>([
    ['nothing', {}, []],
    [
      'what the plan has already',
      { planned: planned({ situations: ['overwritten'] }), like: 'wanted' },
      ['formatted-by-you', 'overwritten'],
    ],
    ['form', { like: 'generated' }, ['formatted-by-you']],
    ['a rename', { placement: { ...placement, how: 'renamed', by: 'declared' } }, ['renamed-declared']],
    ['a rename by the user as well', { placement: { ...placement, by: 'similar' } }, ['moved-by-you', 'renamed-similar']],
    ['a move', { placement: { ...placement, how: 'moved' } }, ['moved-by-you']],
    ['a move of what the pack renamed', { placement: { ...placement, how: 'moved', by: 'template' } }, ['moved-by-you']],
    ['a directory', { entry: { kind: 'directory' } }, ['directory']],
    ['a link', { entry: { kind: 'link', leadsOut: true } }, ['link']],
    ['what is blocked', { entry: { kind: 'blocked', by: 'x', isLink: false } }, ['blocked']],
    ['something else', { entry: { kind: 'other' } }, ['other-kind']],
    ['modes as they were', { placement: { ...placement, locked: locked(0o644) }, entry: onDisk(0o600), file: wanted(text, 0o664) }, []],
    [
      'a mode by the user',
      { placement: { ...placement, locked: locked(0o644) }, entry: onDisk(0o744), file: wanted(text) },
      ['mode-by-you'],
    ],
    [
      'a mode by the pack',
      { placement: { ...placement, locked: locked(0o755) }, entry: onDisk(0o755), file: wanted(text) },
      ['mode-by-pack'],
    ],
    ['a mode of what was never generated', { entry: onDisk(0o755), file: wanted(text) }, []],
    ['a mode of what is no file', { placement: { ...placement, locked: locked(0o755) }, entry: { kind: 'other' } }, ['other-kind']],
    ['text that meets text', { planned: planned({ class: 'both-changed' }), ours: text, file: wanted(text) }, []],
    ['text that meets none', { planned: planned({ class: 'both-changed' }), ours: text, file: wanted(binary) }, ['not-text']],
    ['none that is in the way', { planned: planned({ class: 'in-the-way' }), ours: binary, file: wanted(text) }, ['not-text']],
    ['none that meets nothing', { planned: planned({ class: 'edited' }), ours: binary, file: wanted(binary) }, []],
  ])('knows %s', (_, facts, situations) => {
    const none = { planned: planned(), placement, entry: undefined, file: undefined, like: undefined, ours: undefined };
    expect(situationsOf({ ...none, ...facts })).toEqual(situations);
  });
});

describe('planUndoOf', () => {
  const file = (text: string, mode = 0o644): PlannedFile => ({ digest: digest(text), mode });
  const entry = (text: string, mode = 0o644): DiskEntry => ({ kind: 'file', digest: digest(text), mode, size: 1 });

  type Change = { readonly before?: PlannedFile; readonly after?: PlannedFile };
  it.each<readonly [string, Change, DiskEntry | undefined, object]>([
    [
      'takes away what was made',
      { after: file('new') },
      entry('new'),
      { class: 'obsolete', action: 'delete', reason: 'was not there before', before: file('new') },
    ],
    [
      'brings back what was deleted',
      { before: file('old') },
      undefined,
      { class: 'new', action: 'create', reason: 'was deleted', after: file('old') },
    ],
    [
      'brings back what was changed',
      { before: file('old'), after: file('new') },
      entry('new', 0o600),
      { class: 'refreshed', action: 'update', reason: 'was changed', before: file('new', 0o600), after: file('old') },
    ],
    [
      'refuses what was changed since',
      { before: file('old'), after: file('new') },
      entry('mine'),
      { class: 'edited', action: 'conflict', reason: 'changed since', before: file('mine') },
    ],
    [
      'refuses what was made executable since',
      { before: file('old'), after: file('new') },
      entry('new', 0o755),
      { class: 'edited', action: 'conflict', reason: 'changed since', before: file('new', 0o755) },
    ],
    [
      'refuses what was deleted since',
      { before: file('old'), after: file('new') },
      undefined,
      { class: 'edited', action: 'conflict', reason: 'deleted since' },
    ],
    [
      'refuses what came back since',
      { before: file('old') },
      entry('old'),
      { class: 'edited', action: 'conflict', reason: 'changed since', before: file('old') },
    ],
    [
      'refuses what is no file any more',
      { after: file('new') },
      { kind: 'directory' },
      { class: 'edited', action: 'conflict', reason: 'changed since' },
    ],
  ])('%s', (_, change, there, expected) => {
    const disk = there === undefined ? new Map<ProjectPath, DiskEntry>() : new Map([[path('a'), there]]);
    const plan = planUndoOf({ changes: [{ path: path('a'), ...change }], disk, replaced: new Map([[digest('old'), encodeUtf8('bytes')]]) });
    expect(plan.paths).toEqual([{ path: 'a', packs: [], template: '', ...expected }]);
    expect({ ...plan, paths: [] }).toEqual({
      format: 1,
      operation: 'undo',
      packs: [],
      answers: [],
      paths: [],
      decisions: [],
      conflicts: [],
      contents: { old: { text: 'bytes' } },
      hooks: [],
      warnings: [],
    });
  });

  const undo = (changes: readonly ({ readonly path: ProjectPath } & Change)[], disk: ReadonlyMap<ProjectPath, DiskEntry>) =>
    planUndoOf({ changes, disk, replaced: new Map() }).paths.map((planned) => [planned.path, planned.action]);

  it('looks through what goes with the change where something was removed', () => {
    const file1 = { path: path('a'), after: file('new') };
    const below = { path: path('a/b'), before: file('old') };
    const blocked: DiskEntry = { kind: 'blocked', by: 'a', isLink: false };
    expect(
      undo(
        [file1, below],
        new Map([
          [path('a'), entry('new')],
          [path('a/b'), blocked],
        ]),
      ),
    ).toEqual([
      ['a', 'delete'],
      ['a/b', 'create'],
    ]);
    expect(
      undo(
        [file1, below],
        new Map([
          [path('a'), entry('mine')],
          [path('a/b'), blocked],
        ]),
      ),
    ).toEqual([
      ['a', 'conflict'],
      ['a/b', 'conflict'],
    ]);
    const link: DiskEntry = { ...blocked, isLink: true };
    expect(
      undo(
        [file1, below],
        new Map([
          [path('a'), entry('new')],
          [path('a/b'), link],
        ]),
      ),
    ).toEqual([
      ['a', 'delete'],
      ['a/b', 'conflict'],
    ]);
  });

  it('looks through a directory whose files go with the change', () => {
    const inside = { path: path('a/b'), after: file('new') };
    const was = { path: path('a'), before: file('old') };
    const directory: DiskEntry = { kind: 'directory' };
    expect(
      undo(
        [was, inside],
        new Map([
          [path('a'), directory],
          [path('a/b'), entry('new')],
        ]),
      ),
    ).toEqual([
      ['a', 'create'],
      ['a/b', 'delete'],
    ]);
    expect(
      undo(
        [was, inside],
        new Map([
          [path('a'), directory],
          [path('a/b'), entry('mine')],
        ]),
      ),
    ).toEqual([
      ['a', 'conflict'],
      ['a/b', 'conflict'],
    ]);
    const beside = { path: path('ab'), after: file('new') };
    expect(
      undo(
        [was, beside],
        new Map([
          [path('a'), directory],
          [path('ab'), entry('new')],
        ]),
      ),
    ).toEqual([
      ['a', 'conflict'],
      ['ab', 'delete'],
    ]);
  });
});
