import { describe, expect, it } from 'vitest';
import type { DesiredFile, DesiredTree } from '../compose/desired-tree.ts';
import { parseBaseline } from '../lockfile/baseline.ts';
import { parseLockfile } from '../lockfile/parse-lockfile.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { AnswerEntry, AnswerOutcome } from '../template/answers/answer-types.ts';
import { secretMask } from '../template/mask-secrets.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { planRecords, type RecordsRequest, storedBytes } from './plan-records.ts';
import { toPlannedAnswers } from './planned-answers.ts';

const path = (text: string) => text as ProjectPath;

/** A digest that can be told apart: the length and the first letters of what is hashed, in hexadecimal. */
const hash = (content: Uint8Array | string): Digest => {
  const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
  const sum = bytes.reduce((total, byte, at) => (total * 31 + byte * (at + 1)) % 2 ** 40, bytes.length);
  return sum.toString(16).padStart(64, '0') as Digest;
};

const file = (text: string, more: Partial<DesiredFile> = {}): DesiredFile => ({
  content: encodeUtf8(text),
  mode: 0o644,
  packs: ['p' as PackName],
  template: 't',
  onExists: undefined,
  merge: undefined,
  parts: new Map(),
  ...more,
});

const tree = (files: Readonly<Record<string, DesiredFile>>): DesiredTree =>
  new Map(Object.entries(files).map(([at, entry]) => [path(at), entry]));

function plan(request: Partial<RecordsRequest>) {
  const records = planRecords({
    desired: new Map(),
    digests: new Map(),
    wasThere: new Set(),
    moved: new Map(),
    secrets: new Map(),
    masked: new Map(),
    now: '2026-01-02T03:04:05Z',
    answers: hash('answers'),
    packs: [],
    injections: [],
    data: [],
    untouched: { files: [], baseline: new Map() },
    manifest: 'name = "x"\n',
    disk: new Map(),
    hash,
    compress: (content) => Uint8Array.of(0, ...content),
    ...request,
  });
  const texts = records.paths.map(({ after }) => records.contents.get(after?.digest as Digest) ?? new Uint8Array());
  const lockfile = parseLockfile(decodeUtf8(texts[2] ?? new Uint8Array()) ?? '');
  const block = (texts[1] ?? new Uint8Array()).subarray(1);
  return { ...records, manifest: decodeUtf8(texts[0] ?? new Uint8Array()), block, baseline: parseBaseline(block), lockfile };
}

describe('planRecords', () => {
  it('writes the manifest, the baseline and the lockfile, in this order', () => {
    const { paths, manifest, lockfile, block } = plan({});
    expect(
      paths.map((planned) => [planned.path, planned.class, planned.action, planned.reason, planned.after?.mode, planned.before]),
    ).toEqual(
      ['packsmith.toml', '.packsmith/baseline.bin', 'packsmith.lock'].map((at) => [
        at,
        'record',
        'create',
        'packsmith keeps its records here',
        0o644,
        undefined,
      ]),
    );
    expect(manifest).toBe('name = "x"\n');
    expect(lockfile).toEqual({
      format: 1,
      now: '2026-01-02T03:04:05Z',
      answers: hash('answers'),
      baseline: hash(block),
      packs: [],
      files: [],
      injections: [],
    });
  });

  it('leaves a record that is as it should be, updates another, and does not write over what is no file', () => {
    const entry = (text: string, mode: number): DiskEntry => ({ kind: 'file', digest: hash(encodeUtf8(text)), mode, size: 1 });
    const { paths } = plan({
      disk: new Map<ProjectPath, DiskEntry>([
        [path('packsmith.toml'), entry('name = "x"\n', 0o600)],
        [path('.packsmith/baseline.bin'), { kind: 'directory' }],
        [path('packsmith.lock'), entry('old', 0o600)],
      ]),
    });
    const kept = { digest: hash(encodeUtf8('name = "x"\n')), mode: 0o600 };
    expect(paths[0]).toMatchObject({ action: 'keep', reason: 'unchanged', before: kept, after: kept });
    expect(paths[1]).toMatchObject({ action: 'conflict', reason: 'something that is no file is in the way' });
    expect(paths[2]).toMatchObject({ action: 'update', before: { digest: hash(encodeUtf8('old')), mode: 0o600 }, after: { mode: 0o644 } });
  });

  it('locks files by path, where the user has them, with all that is known of them', () => {
    const decision = { path: path('b'), packs: ['p', 'q'] as PackName[], how: 'merged' as const, driver: 'json', by: '*' };
    const { lockfile, baseline } = plan({
      desired: tree({
        b: file('B', { mode: 0o755, packs: ['p', 'q'] as PackName[], parts: new Map([['/x', ['q' as PackName]]]), decision }),
        c: file('C'),
        e: file('E', { decision: { ...decision, driver: undefined } }),
      }),
      digests: new Map([[path('c'), hash('known')]]),
      moved: new Map([[path('b'), path('z')]]),
      wasThere: new Set([path('c')]),
      untouched: {
        files: [{ path: path('a'), sha256: hash('A'), mode: 0o644, packs: ['r'], template: 'u' }],
        baseline: new Map([[hash('A'), encodeUtf8('A')]]),
      },
    });
    const common = { mode: 0o644, packs: ['p'], template: 't' };
    expect(lockfile.files).toEqual([
      { path: 'a', sha256: hash('A'), mode: 0o644, packs: ['r'], template: 'u' },
      { ...common, path: 'c', sha256: hash('known'), wasThere: true },
      { ...common, path: 'e', sha256: hash(encodeUtf8('E')), decision: { how: 'merged', by: '*', among: ['p', 'q'] } },
      {
        path: 'z',
        output: 'b',
        sha256: hash(encodeUtf8('B')),
        mode: 0o755,
        packs: ['p', 'q'],
        template: 't',
        parts: { '/x': ['q'] },
        decision: { how: 'merged', driver: 'json', by: '*', among: ['p', 'q'] },
      },
    ]);
    expect(new Map([...baseline].map(([digest, bytes]) => [digest, decodeUtf8(bytes)]))).toEqual(
      new Map([
        [hash('A'), 'A'],
        [hash(encodeUtf8('B')), 'B'],
        [hash('known'), 'C'],
        [hash(encodeUtf8('E')), 'E'],
      ]),
    );
  });

  it('stores no secret, and no digest of one', () => {
    const masked = `key=${secretMask('k')}`;
    const { lockfile, baseline, originals } = plan({
      desired: tree({ a: file('key=hunter2'), b: file('plain') }),
      secrets: new Map([['k', 'hunter2']]),
    });
    const digest = hash(encodeUtf8(masked));
    expect(lockfile.files.map(({ path: at, sha256, masked: own }) => [at, sha256, own])).toEqual([
      ['a', digest, digest],
      ['b', hash(encodeUtf8('plain')), undefined],
    ]);
    expect([...baseline.values()].map((bytes) => decodeUtf8(bytes)).sort()).toEqual([masked, 'plain'].sort());
    expect([...originals]).toEqual([[hash(encodeUtf8('key=hunter2')), digest]]);
  });

  it('locks data and injections as they are given', () => {
    const data = [{ pack: 'p', name: 'd', from: '', place: 'pack' as const, path: 'd.csv', sha256: hash('d') }];
    const injections = [{ path: path('x'), pack: 'p', template: 'i', sha256: hash('i') }];
    expect(plan({ data, injections }).lockfile).toMatchObject({ data, injections });
  });
});

describe('storedBytes', () => {
  const of = (text: string, masked?: string) => {
    const content = encodeUtf8(text);
    const { stored, isMasked } = storedBytes(
      { content },
      masked === undefined ? undefined : { content: encodeUtf8(masked) },
      new Map([['k', 'hunter2']]),
    );
    return [decodeUtf8(stored), isMasked, stored === content];
  };
  it.each<readonly [string, string | undefined, readonly unknown[]]>([
    ['plain', undefined, ['plain', false, true]],
    ['plain', 'plain', ['plain', false, true]],
    ['plain', 'plane', ['plane', true, false]],
    ['plain', 'plai', ['plai', true, false]],
    ['plain', 'plain!', ['plain!', true, false]],
    ['hunter2', undefined, [secretMask('k'), true, false]],
    ['hunter2', 'hunter2', [secretMask('k'), true, false]],
  ])('of %j, with masks %j', (text, masked, expected) => expect(of(text, masked)).toEqual(expected));
});

describe('toPlannedAnswers', () => {
  const entry = (name: string, more: Partial<AnswerEntry>) =>
    ({
      key: `p.${name}`,
      pack: 'p',
      packs: ['p'],
      name,
      status: 'settled',
      isSecret: false,
      source: 'flag',
      ...more,
    }) as unknown as AnswerEntry;
  it('shows what is settled, and neither secrets nor what was made from them', () => {
    const entries = [
      entry('plain', { value: 'x', source: 'default' }),
      entry('secret', { value: 'hunter2', isSecret: true }),
      entry('address', { value: 'https://u:hunter2@example.com' }),
      entry('list', { value: ['a', 'hunter2'] }),
      entry('big', { value: 12345678901234567890n, source: undefined }),
      entry('nothing', { value: undefined }),
      entry('hidden', { value: 'y', status: 'hidden' as AnswerEntry['status'] }),
      entry('old', { value: 'other', isSecret: true, status: 'hidden' as AnswerEntry['status'] }),
      entry('other', { value: 'other' }),
    ];
    expect(toPlannedAnswers({ entries } as unknown as AnswerOutcome)).toEqual([
      { pack: 'p', packs: ['p'], name: 'plain', value: 'x', from: 'default' },
      { pack: 'p', packs: ['p'], name: 'secret', value: null, from: 'flag' },
      { pack: 'p', packs: ['p'], name: 'address', value: null, from: 'flag' },
      { pack: 'p', packs: ['p'], name: 'list', value: null, from: 'flag' },
      { pack: 'p', packs: ['p'], name: 'big', value: '12345678901234567890', from: 'none' },
      { pack: 'p', packs: ['p'], name: 'other', value: 'other', from: 'flag' },
    ]);
  });
});
