import { describe, expect, it } from 'vitest';
import type { DesiredFile } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import type { Placement } from '../reconcile/place-files.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PathAction, PlannedPath } from './generation-plan.ts';
import { joinPaths, relocate } from './relocate.ts';

const path = (text: string) => text as ProjectPath;
const file = (text: string) => ({ digest: text as Digest, mode: 0o644 });

const LOCKED: LockedFile = { path: path('old'), sha256: 'was' as Digest, mode: 0o644, packs: ['p'], template: 't' };

const planned = (action: PathAction, more: Partial<PlannedPath> = {}): PlannedPath => ({
  path: path('old'),
  class: 'both-changed',
  action,
  reason: 'both changed it',
  packs: ['p'],
  template: 't',
  before: file('mine'),
  after: file('theirs'),
  ...more,
});

const placement = (more: Partial<Placement>): Placement => ({
  output: path('new'),
  locked: LOCKED,
  current: path('old'),
  target: path('new'),
  how: 'renamed',
  ...more,
});

function move(decided: PlannedPath, place: Placement, { ours, wanted }: { ours?: string; wanted?: string } = {}) {
  const contents = new Map<Digest, Uint8Array>();
  const desired = wanted === undefined ? undefined : ({ content: encodeUtf8(wanted) } as DesiredFile);
  const paths = relocate(decided, {
    placement: place,
    file: desired,
    digest: wanted as Digest | undefined,
    contents,
    ours: () => (ours === undefined ? undefined : encodeUtf8(ours)),
  });
  return { paths, contents: [...contents].map(([digest, bytes]) => [digest, new TextDecoder().decode(bytes)]) };
}

const LEAVES = {
  path: 'old',
  class: 'renamed',
  action: 'delete',
  reason: 'renamed by the pack to new',
  before: file('mine'),
  packs: ['p'],
  template: 't',
};

describe('relocate', () => {
  it('leaves what stays where it is', () => {
    const decided = planned('update');
    expect(move(decided, placement({ how: 'in-place' })).paths).toEqual([decided]);
    expect(move(decided, placement({ how: 'in-place', by: 'template', locked: undefined })).paths).toEqual([decided]);
  });

  it('leaves a conflict where it is', () => {
    const decided = planned('conflict');
    expect(move(decided, placement({})).paths).toEqual([decided]);
  });

  it('says that both renamed it', () =>
    expect(move(planned('update'), placement({ how: 'in-place', by: 'template', current: path('new') })).paths).toEqual([
      { ...planned('update'), class: 'renamed', reason: 'renamed by the pack and by you; both changed it', from: 'old' },
    ]));

  it.each<readonly [string, Partial<Placement>, Partial<PlannedPath>]>([
    ['by the same output', { output: path('old') }, { class: 'moved', reason: 'both changed it; moved by you', from: path('old') }],
    ['and renamed', { output: path('new') }, { class: 'moved', reason: 'both changed it; moved by you from old', from: path('new') }],
    [
      'a second time',
      { output: path('first'), locked: { ...LOCKED, output: path('first') } },
      { class: 'moved', reason: 'both changed it; moved by you', from: path('first') },
    ],
    ['and no longer wanted', { output: undefined }, { reason: 'both changed it; moved by you from old', from: path('old') }],
  ])('says that the user moved it %s', (_, place, expected) =>
    expect(move(planned('update'), placement({ how: 'moved', ...place })).paths).toEqual([{ ...planned('update'), ...expected }]),
  );

  it('does not say from where where it was never generated', () => {
    const { paths } = move(planned('update'), placement({ how: 'moved', output: undefined, locked: undefined }));
    expect(paths).toEqual([{ ...planned('update'), reason: 'both changed it; moved by you' }]);
    expect(paths[0]).not.toHaveProperty('from');
  });

  it('brings what is merged to the new path, and takes the old one away', () => {
    const { before: _, ...rest } = planned('update');
    expect(move(planned('update'), placement({}))).toEqual({
      paths: [
        { ...rest, path: 'new', class: 'renamed', action: 'create', reason: 'renamed by the pack; both changed it', from: 'old' },
        LEAVES,
      ],
      contents: [],
    });
  });

  it("brings the user's bytes to the new path where they are kept", () => {
    const { paths, contents } = move(planned('keep'), placement({}), { ours: 'mine' });
    expect(paths.map(({ action, after }) => [action, after?.digest])).toEqual([
      ['create', 'mine'],
      ['delete', undefined],
    ]);
    expect(contents).toEqual([['mine', 'mine']]);
  });

  it("takes the pack's bytes for the user's where they are the same, and only there", () => {
    expect(move(planned('keep', { before: file('same') }), placement({}), { wanted: 'same' }).contents).toEqual([['same', 'same']]);
    expect(move(planned('keep'), placement({}), { wanted: 'other' }).contents).toEqual([]);
  });

  it('creates at the new path what the user does not have', () => {
    const { before: _, ...missing } = planned('create');
    expect(move(missing, placement({})).paths).toEqual([{ ...missing, path: 'new', from: 'old' }]);
  });

  it('leaves what has no bytes to bring', () => {
    const { after: _, ...deleted } = planned('delete');
    expect(move(deleted, placement({})).paths).toEqual([deleted]);
  });

  it('has no template where there was none', () => {
    const { template: _, ...without } = planned('update');
    expect(move(without, placement({})).paths[1]).not.toHaveProperty('template');
  });
});

describe('joinPaths', () => {
  const leaving = planned('delete', { path: path('a'), before: file('old') });
  const { before: _, ...coming } = planned('create', { path: path('a'), after: file('new') });
  const other = planned('update', { path: path('b') });

  it('updates where one leaves and another comes, in whatever order', () => {
    const joined = { ...coming, action: 'update', before: file('old') };
    expect(joinPaths([leaving, other, coming])).toEqual([other, joined]);
    expect(joinPaths([coming, leaving, other])).toEqual([joined, other]);
  });

  it('leaves what only leaves, and what only comes', () => {
    expect(joinPaths([leaving, other])).toEqual([leaving, other]);
    expect(joinPaths([coming, other])).toEqual([coming, other]);
  });
});
