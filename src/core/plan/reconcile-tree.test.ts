import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredFile } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import { placeFiles } from '../reconcile/place-files.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { type ReconcileRequest, reconcileTree } from './reconcile-tree.ts';

/** The text itself stands for its digest. */
const hash = (content: Uint8Array | string): Digest => (typeof content === 'string' ? content : decodeUtf8(content)) as Digest;

type Trees = {
  desired?: Record<string, string | Partial<DesiredFile>>;
  generated?: Record<string, string>;
  disk?: Record<string, string | DiskEntry>;
};

function reconcile({ desired = {}, generated = {}, disk = {} }: Trees, policy: Partial<ReconcileRequest> = {}) {
  const wanted = Object.entries(desired).map(([path, file]): [ProjectPath, DesiredFile] => {
    const given = typeof file === 'string' ? { content: encodeUtf8(file) } : file;
    return [
      path as ProjectPath,
      {
        content: encodeUtf8('x'),
        mode: 0o644,
        packs: [],
        template: 't',
        onExists: undefined,
        merge: undefined,
        parts: new Map(),
        ...given,
      },
    ];
  });
  const locked = Object.entries(generated).map(([path, text]): [ProjectPath, LockedFile] => [
    path as ProjectPath,
    { path: path as ProjectPath, sha256: text as Digest, mode: 0o644, packs: ['p'], template: 't' },
  ]);
  const entries = Object.entries(disk).map(([path, entry]): [ProjectPath, DiskEntry] => [
    path as ProjectPath,
    typeof entry === 'string' ? { kind: 'file', digest: entry as Digest, mode: 0o644, size: entry.length } : entry,
  ]);
  return reconcileTree({
    desired: new Map(wanted),
    placements: placeFiles({
      desired: new Map(wanted),
      generated: new Map(locked),
      declared: () => undefined,
      moved: new Map(),
      isTaken: () => true,
      baseText: () => undefined,
    }),
    ours: () => undefined,
    likeness: () => undefined,
    disk: new Map(entries),
    policy: 'refuse',
    restores: false,
    hash,
    merge: () => ({ kind: 'conflict', marked: undefined }),
    ...policy,
  });
}

const actions = (trees: Trees, policy?: Partial<ReconcileRequest>) =>
  reconcile(trees, policy).paths.map(({ path, class: pathClass, action }) => [path, pathClass, action]);

describe('reconcileTree', () => {
  it('creates what is new, sorted by path, with its bytes', () => {
    const result = reconcile({ desired: { b: 'B', a: 'A' } });
    expect(result.paths.map(({ path, action }) => [path, action])).toEqual([
      ['a', 'create'],
      ['b', 'create'],
    ]);
    expect([...result.contents.keys()].sort()).toEqual(['A', 'B']);
  });

  it('carries no bytes of what it does not write', () => {
    expect(reconcile({ desired: { a: 'A' }, generated: { a: 'A' }, disk: { a: 'mine' } }).contents.size).toBe(0);
  });

  it.each<[string, Trees, Partial<ReconcileRequest>, [string, string, string][]]>([
    ['refuses what is in the way', { desired: { a: 'A' }, disk: { a: 'mine' } }, {}, [['a', 'in-the-way', 'conflict']]],
    ['overwrites when asked', { desired: { a: 'A' }, disk: { a: 'mine' } }, { policy: 'overwrite' }, [['a', 'in-the-way', 'update']]],
    ['keeps when the pack says so', { desired: { a: { onExists: 'keep' } }, disk: { a: 'mine' } }, {}, [['a', 'in-the-way', 'keep']]],
    [
      'overwrites when the pack says so',
      { desired: { a: { onExists: 'overwrite' } }, disk: { a: 'mine' } },
      {},
      [['a', 'in-the-way', 'update']],
    ],
    [
      'fails when the pack says so, even when asked to overwrite',
      { desired: { a: { onExists: 'fail' } }, disk: { a: 'mine' } },
      { policy: 'overwrite' },
      [['a', 'in-the-way', 'conflict']],
    ],
    [
      'never replaces a directory',
      { desired: { a: 'A' }, disk: { a: { kind: 'directory' } } },
      { policy: 'overwrite' },
      [['a', 'in-the-way', 'conflict']],
    ],
    [
      'never writes through a link',
      { desired: { a: 'A' }, disk: { a: { kind: 'blocked', by: 'x', isLink: true } } },
      { policy: 'overwrite' },
      [['a', 'in-the-way', 'conflict']],
    ],
    ['deletes what is obsolete', { generated: { a: 'A' }, disk: { a: 'A' } }, {}, [['a', 'obsolete', 'delete']]],
    ['keeps what is obsolete but edited', { generated: { a: 'A' }, disk: { a: 'mine' } }, {}, [['a', 'obsolete-edited', 'keep']]],
    [
      'reports what cannot be merged',
      { desired: { a: 'B' }, generated: { a: 'A' }, disk: { a: 'mine' } },
      {},
      [['a', 'both-changed', 'conflict']],
    ],
    [
      'writes what can be merged',
      { desired: { a: 'B' }, generated: { a: 'A' }, disk: { a: 'mine' } },
      { merge: () => ({ kind: 'merged', content: encodeUtf8('mine and B') }) },
      [['a', 'both-changed', 'update']],
    ],
  ])('%s', (_what, trees, policy, expected) => expect(actions(trees, policy)).toEqual(expected));

  it('says what stands in the way, and what the user put in the place of a file', () => {
    const reasons = (trees: Trees) => reconcile(trees).paths.map(({ class: pathClass, reason }) => [pathClass, reason]);
    expect(reasons({ desired: { a: 'A' }, disk: { a: { kind: 'directory' } } })).toEqual([['in-the-way', 'a directory is in the way']]);
    const [replaced] = reasons({ desired: { a: 'A' }, generated: { a: 'A' }, disk: { a: { kind: 'directory' } } });
    expect(replaced?.[0]).toBe('replaced');
    expect(replaced?.[1]).toMatch(/: a directory$/);
    expect(reasons({ desired: { a: 'A' }, disk: { a: 'mine' } })[0]?.[1]).not.toContain('directory');
  });

  it('has the packs and the template of what is wanted, else of what was generated', () => {
    const facts = (trees: Trees) =>
      reconcile(trees).paths.map(({ packs, template, before, after }) => ({ packs, template, before, after }));
    const [gone] = facts({ generated: { a: 'A' }, disk: { a: 'A' } });
    expect(gone).toEqual({ packs: ['p'], template: 't', before: { digest: 'A', mode: 0o644 }, after: undefined });
    const wanted: Partial<DesiredFile> = { content: encodeUtf8('B'), template: 'u', packs: ['q'] as unknown as DesiredFile['packs'] };
    const [changed] = facts({ desired: { a: wanted }, generated: { a: 'A' }, disk: { a: 'A' } });
    expect(changed).toEqual({ packs: ['q'], template: 'u', before: { digest: 'A', mode: 0o644 }, after: { digest: 'B', mode: 0o644 } });
  });

  it('restores what the user deleted, only where it is asked for', () => {
    const missing: Trees = { desired: { a: 'A', b: 'B' }, generated: { a: 'A', b: 'old' } };
    const facts = (restores: boolean) =>
      reconcile(missing, { restores }).paths.map(({ class: pathClass, action, reason }) => [pathClass, action, reason === 'restored']);
    expect(facts(false)).toEqual([
      ['missing', 'keep', false],
      ['deleted-changed', expect.any(String), false],
    ]);
    expect(facts(true)).toEqual([
      ['missing', 'create', true],
      ['deleted-changed', 'create', true],
    ]);
    expect([...reconcile(missing, { restores: true }).contents.keys()].sort()).toEqual(['A', 'B']);
  });

  it('brings a renamed file with its bytes to the new path, and gives the digests of what is wanted', () => {
    const lines = 'one\ntwo\nthree\n';
    const result = reconcile(
      {
        desired: { b: { content: encodeUtf8(lines), template: 't', packs: ['p'] as unknown as DesiredFile['packs'] } },
        generated: { a: lines },
        disk: { a: lines },
      },
      {
        placements: placeFiles({
          desired: new Map([['b' as ProjectPath, { content: encodeUtf8(lines), template: 't', packs: ['p'] } as unknown as DesiredFile]]),
          generated: new Map([
            ['a' as ProjectPath, { path: 'a' as ProjectPath, sha256: lines as Digest, mode: 0o644, packs: ['p'], template: 't' }],
          ]),
          declared: () => undefined,
          moved: new Map(),
          isTaken: (path) => path === 'a',
          baseText: () => undefined,
        }),
      },
    );
    expect(result.paths.map(({ path, class: pathClass, action, from }) => [path, pathClass, action, from])).toEqual([
      ['a', 'renamed', 'delete', undefined],
      ['b', 'renamed', 'create', 'a'],
    ]);
    expect([...result.contents.keys()]).toEqual([lines]);
    expect([...result.digests]).toEqual([['b', lines]]);
    expect(result.paths.map(({ situations }) => situations)).toEqual([undefined, ['renamed-template']]);
  });

  it('tells what merely has another form', () => {
    const trees: Trees = { desired: { a: 'A' }, generated: { a: 'A' }, disk: { a: 'a' } };
    const [like] = reconcile(trees, { likeness: () => 'generated' }).paths;
    expect([like?.class, like?.action, like?.situations]).toEqual(['reformatted', 'keep', ['formatted-by-you']]);
    const [unlike] = reconcile(trees).paths;
    expect([unlike?.class, unlike?.situations]).toEqual(['edited', undefined]);
  });

  it('counts a lost executable bit as an edit', () => {
    const trees: Trees = {
      desired: { a: { content: encodeUtf8('A'), mode: 0o755 } },
      disk: { a: { kind: 'file', digest: 'A' as Digest, mode: 0o644, size: 1 } },
    };
    expect(actions(trees, { policy: 'overwrite' })).toEqual([['a', 'in-the-way', 'update']]);
  });
});

describe('laws', () => {
  const text = fc.constantFrom('A', 'B', 'C');
  const tree = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), text);

  /** What is on disk after the decisions are carried out. */
  function applied(
    { desired = {}, generated = {}, disk = {} }: Record<keyof Trees, Record<string, string>>,
    policy: Partial<ReconcileRequest>,
  ) {
    const after = new Map(Object.entries(disk));
    for (const { path, action, after: file } of reconcile({ desired, generated, disk }, policy).paths) {
      if (action === 'delete') after.delete(path);
      if ((action === 'create' || action === 'update') && file !== undefined) after.set(path, file.digest);
    }
    return Object.fromEntries(after);
  }

  it('never replaces or deletes bytes that the user wrote', () => {
    fc.assert(
      fc.property(tree, tree, tree, (desired, generated, disk) => {
        const after = applied({ desired, generated, disk }, {});
        for (const [path, bytes] of Object.entries(disk)) {
          if (bytes !== generated[path]) expect(after[path]).toBe(bytes);
        }
      }),
    );
  });

  it('gives exactly what is wanted where the user changed nothing', () => {
    fc.assert(
      fc.property(tree, tree, (desired, generated) => {
        expect(applied({ desired, generated, disk: generated }, {})).toEqual(desired);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(tree, tree, tree, (desired, generated, disk) => {
        const once = applied({ desired, generated, disk }, { policy: 'overwrite' });
        expect(applied({ desired, generated: desired, disk: once }, {})).toEqual(once);
      }),
    );
  });
});
