import { describe, expect, it } from 'vitest';
import type { DesiredFile } from '../compose/desired-tree.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { type ConflictPolicy, type ConflictRequest, type FileMerge, settleConflict, type Undecided } from './settle-conflict.ts';

/** The text itself stands for its digest. */
const hash = (content: Uint8Array | string): Digest => (typeof content === 'string' ? content : decodeUtf8(content)) as Digest;

const FILE: DesiredFile = {
  content: encodeUtf8('theirs'),
  mode: 0o644,
  packs: [],
  template: 't',
  onExists: undefined,
  merge: undefined,
  parts: new Map(),
};

interface Case {
  readonly action?: Undecided['action'];
  readonly file?: Partial<DesiredFile>;
  readonly policy?: ConflictPolicy;
  readonly outcome?: FileMerge;
  readonly before?: { readonly text: string; readonly mode: number } | undefined;
  readonly generatedMode?: number;
}

const MERGED: FileMerge = { kind: 'merged', content: encodeUtf8('merged') };
const MARKED: FileMerge = { kind: 'conflict', marked: encodeUtf8('<<<'), sided: (side) => encodeUtf8(`with ${side}`) };
const OPAQUE: FileMerge = { kind: 'conflict', marked: undefined };

function settle({ action = 'merge', file, policy = 'refuse', outcome = MARKED, generatedMode, ...rest }: Case) {
  const { before } = 'before' in rest ? rest : { before: { text: 'mine', mode: 0o644 } };
  const contents = new Map<Digest, Uint8Array>();
  const merged: string[] = [];
  const planned: Undecided = {
    path: 'a' as ProjectPath,
    class: 'both-changed',
    action,
    reason: 'both changed it',
    packs: [],
    after: { digest: 'theirs' as Digest, mode: file?.mode ?? 0o644 },
    ...(before === undefined ? {} : { before: { digest: before.text as Digest, mode: before.mode } }),
  };
  const request: ConflictRequest = {
    file: { ...FILE, ...file },
    generatedMode,
    policy,
    hash,
    merge: (path) => {
      merged.push(path);
      return outcome;
    },
    contents,
  };
  const result = settleConflict(planned, request);
  return {
    action: result.action,
    reason: result.reason,
    after: `${result.after?.digest} ${result.after?.mode.toString(8)}`,
    unsettled: result.unsettled ?? false,
    overwritten: result.situations ?? [],
    contents: [...contents.keys()],
    merged: merged.length,
  };
}

const THEIRS = { after: 'theirs 644', unsettled: false, overwritten: [], contents: [] };
const OVERWRITTEN = { ...THEIRS, action: 'update', overwritten: ['overwritten'] };
const KEPT = { ...THEIRS, action: 'keep' };
const BESIDE = { ...KEPT, reason: "both changed it; the pack's version stands beside it", unsettled: true };

describe('settleConflict', () => {
  it.each<readonly [string, Case, object]>([
    ['leaves a decision that is no conflict', { action: 'update' }, { ...THEIRS, action: 'update', reason: 'both changed it', merged: 0 }],
    [
      'merges',
      { outcome: MERGED },
      { action: 'update', reason: 'both changed it; merged', after: 'merged 644', contents: ['merged'], merged: 1 },
    ],
    [
      'keeps what the merge gives back as it was',
      { outcome: { kind: 'merged', content: encodeUtf8('mine') } },
      { action: 'keep', reason: 'both changed it; merged', after: 'mine 644', contents: ['mine'] },
    ],
    [
      'writes what the merge gives back with another mode',
      { outcome: { kind: 'merged', content: encodeUtf8('mine') }, file: { mode: 0o755 }, generatedMode: 0o644 },
      { action: 'update', after: 'mine 755' },
    ],
    ['refuses', { policy: 'refuse' }, { ...THEIRS, action: 'conflict', reason: 'both changed it', merged: 1 }],
    ['overwrites', { policy: 'overwrite' }, { ...OVERWRITTEN, reason: 'both changed it; overwritten' }],
    [
      'marks',
      { policy: 'markers' },
      {
        action: 'update',
        reason: 'both changed it; marked in the file',
        after: '<<< 644',
        unsettled: true,
        contents: ['<<<'],
        overwritten: [],
      },
    ],
    ['puts beside what cannot be marked', { policy: 'markers', outcome: OPAQUE }, BESIDE],
    ['puts beside', { policy: 'reject' }, BESIDE],
    [
      'takes ours where both changed the same',
      { policy: 'ours' },
      {
        action: 'update',
        reason: 'both changed it; merged, with yours where both changed the same',
        after: 'with ours 644',
        overwritten: [],
      },
    ],
    [
      'takes theirs where both changed the same',
      { policy: 'theirs' },
      {
        action: 'update',
        reason: "both changed it; merged, with the pack's where both changed the same",
        after: 'with theirs 644',
        overwritten: ['overwritten'],
      },
    ],
    ['takes ours whole', { policy: 'ours', outcome: OPAQUE }, { ...KEPT, reason: 'both changed it; yours kept' }],
    ['takes theirs whole', { policy: 'theirs', outcome: OPAQUE }, { ...OVERWRITTEN, reason: 'both changed it; overwritten' }],
    [
      'leaves what the template leaves to the user',
      { file: { wholeOf: 'ours' } },
      { ...KEPT, reason: 'both changed it; the template leaves it to you', merged: 0 },
    ],
    [
      'takes what the template writes anew',
      { file: { wholeOf: 'theirs' } },
      { ...OVERWRITTEN, reason: 'both changed it; the template writes it anew', merged: 0 },
    ],
  ])('%s', (_, given, expected) => expect(settle(given)).toMatchObject(expected));

  it.each<readonly [string, Case, object]>([
    ['keeps, as the pack asks', { file: { onExists: 'keep' } }, { ...KEPT, reason: 'the pack leaves a file of yours alone' }],
    ['fails, as the pack asks', { file: { onExists: 'fail' }, policy: 'overwrite' }, { ...THEIRS, action: 'conflict' }],
    [
      'overwrites, as the pack asks',
      { file: { onExists: 'overwrite' } },
      { ...OVERWRITTEN, reason: 'both changed it; overwritten, as the pack asks' },
    ],
    ['is not merged where it would have to be refused', { outcome: MERGED }, { ...THEIRS, action: 'conflict', merged: 0 }],
    ['is not merged where it is overwritten', { outcome: MERGED, policy: 'overwrite' }, { ...OVERWRITTEN, merged: 0 }],
    [
      'is merged where it can be left for later',
      { outcome: MERGED, policy: 'markers' },
      { action: 'update', after: 'merged 644', merged: 1 },
    ],
  ])('what stands in the way %s', (_, given, expected) => expect(settle({ action: 'conflict', ...given })).toMatchObject(expected));

  it('asks the pack what to do with a file of the user only where that stands in the way', () =>
    expect(settle({ outcome: MERGED, file: { onExists: 'keep' } })).toMatchObject({ action: 'update', after: 'merged 644' }));

  it.each<readonly [ConflictPolicy, Partial<DesiredFile>, object]>([
    ['refuse', {}, { ...THEIRS, action: 'conflict', merged: 0 }],
    ['overwrite', {}, { ...THEIRS, action: 'conflict' }],
    ['ours', {}, { ...KEPT, reason: 'both changed it; yours kept' }],
    ['markers', { onExists: 'keep' }, { ...KEPT, reason: 'both changed it; yours kept' }],
    ['markers', {}, BESIDE],
    ['reject', {}, BESIDE],
    ['theirs', {}, BESIDE],
  ])('something that is no file stays, by %s with %j', (policy, file, expected) =>
    expect(settle({ policy, file, before: undefined })).toMatchObject(expected),
  );

  // Executable: as the user has it, as it was generated, as the pack has it.
  it.each<readonly [ours: number, generated: number | undefined, theirs: number, merged: string]>([
    [0o644, 0o644, 0o644, '644'],
    [0o755, 0o755, 0o755, '755'],
    [0o755, 0o644, 0o644, '755'],
    [0o700, 0o600, 0o600, '755'],
    [0o644, 0o755, 0o755, '644'],
    [0o600, 0o700, 0o700, '644'],
    [0o644, 0o644, 0o755, '755'],
    [0o755, 0o755, 0o644, '644'],
    [0o755, undefined, 0o644, '755'],
    [0o644, undefined, 0o755, '755'],
  ])('of modes %i, %i and %i', (ours, generatedMode, mode, merged) => {
    const modes = { before: { text: 'mine', mode: ours }, file: { mode }, ...(generatedMode === undefined ? {} : { generatedMode }) };
    expect(settle({ ...modes, outcome: MERGED }).after).toBe(`merged ${merged}`);
    expect(settle({ ...modes, policy: 'markers' }).after).toBe(`<<< ${merged}`);
  });
});
