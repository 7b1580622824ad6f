import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../text/base64.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { formatPending, type Pending, parsePending } from './pending.ts';

const path = (text: string) => text as ProjectPath;
const bytes = (text: string) => Uint8Array.from(encodeUtf8(text));

const PENDING: Pending = {
  format: 1,
  operation: 'update',
  packs: ['web 1.0.0', 'core 2.0.0'],
  conflicts: [
    { path: path('a.txt'), markers: { length: 7, above: 2, below: 0 } },
    { path: path('b.txt'), beside: path('b.txt.theirs') },
  ],
  records: [
    { path: path('packsmith.toml'), content: bytes('a = 1\n') },
    { path: path('.packsmith/baseline.bin'), content: bytes('') },
    { path: path('packsmith.lock'), content: bytes('{}') },
  ],
  manifest: bytes('a = 0\n'),
};

/** The text with something else in the place of a key; `undefined` takes it away. */
function withKey(key: string, value: unknown): string {
  return JSON.stringify({ ...(JSON.parse(formatPending(PENDING)) as object), [key]: value });
}

const [manifest, baseline, lockfile] = ['packsmith.toml', '.packsmith/baseline.bin', 'packsmith.lock'].map((name) => ({
  path: name,
  base64: '',
}));

describe('a pending change', () => {
  it('is the same after formatting and parsing', () => {
    expect(parsePending(formatPending(PENDING))).toEqual(PENDING);
    const { manifest: _, ...without } = PENDING;
    expect(parsePending(formatPending(without))).toStrictEqual(without);
  });

  it('has an entry a line', () => {
    expect(formatPending(PENDING).split('\n')).toEqual([
      '{',
      '  "format": 1,',
      '  "operation": "update",',
      '  "packs": ["web 1.0.0","core 2.0.0"],',
      '  "conflicts": [',
      '    {"path":"a.txt","markers":{"length":7,"above":2,"below":0}},',
      '    {"path":"b.txt","beside":"b.txt.theirs"}',
      '  ],',
      `  "manifest": "${encodeBase64(bytes('a = 0\n'))}",`,
      '  "records": [',
      `    {"path":"packsmith.toml","base64":"${encodeBase64(bytes('a = 1\n'))}"},`,
      '    {"path":".packsmith/baseline.bin","base64":""},',
      `    {"path":"packsmith.lock","base64":"${encodeBase64(bytes('{}'))}"}`,
      '  ]',
      '}',
      '',
    ]);
  });

  it.each<readonly [key: string, value: unknown, what: string]>([
    ['format', 2, 'its format is not known to this version of packsmith'],
    ['operation', 1, 'a text is missing'],
    ['packs', undefined, 'a list is missing'],
    ['packs', [1], 'a text is missing'],
    ['conflicts', {}, 'a list is missing'],
    ['conflicts', ['a'], 'an entry is not an object'],
    ['conflicts', [null], 'an entry is not an object'],
    ['conflicts', [[]], 'an entry is not an object'],
    ['conflicts', [{}], 'a text is missing'],
    ['conflicts', [{ path: 'a', beside: 1 }], 'a text is missing'],
    ['conflicts', [{ path: 'a', markers: 1 }], 'an entry is not an object'],
    ['conflicts', [{ path: 'a', markers: { length: 7, above: 1 } }], 'a count is missing'],
    ['conflicts', [{ path: 'a', markers: { length: 7, above: -1, below: 0 } }], 'a count is missing'],
    ['conflicts', [{ path: 'a', markers: { length: 7.5, above: 1, below: 0 } }], 'a count is missing'],
    ['manifest', 1, 'a text is missing'],
    ['manifest', '*', 'its bytes are not in base64'],
    ['records', 'x', 'a list is missing'],
    ['records', [1, 2, 3], 'an entry is not an object'],
    ['records', [{ ...manifest, base64: '*' }, baseline, lockfile], 'its bytes are not in base64'],
    ['records', [manifest, baseline], 'it does not hold the three records'],
    ['records', [manifest, baseline, lockfile, lockfile], 'it does not hold the three records'],
    ['records', [baseline, manifest, lockfile], 'it does not hold the three records'],
    ['records', [manifest, baseline, baseline], 'it does not hold the three records'],
  ])('is refused where %s is %j', (key, value, what) => {
    expect(() => parsePending(withKey(key, value))).toThrow(
      expect.objectContaining({
        code: 'LOCKFILE_INVALID',
        message: `.packsmith/pending.json cannot be used: ${what}`,
        where: { file: '.packsmith/pending.json' },
        hint: 'restore it from version control, or take the change back with `packs undo`',
      }),
    );
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[]', 'an entry is not an object'],
    ['null', 'an entry is not an object'],
    ['1', 'an entry is not an object'],
  ])('is refused as %j', (text, what) => expect(() => parsePending(text)).toThrow(`.packsmith/pending.json cannot be used: ${what}`));

  it.each([[{ path: '../a' }], [{ path: 'a', beside: '../b' }]])('is refused with a path that leaves the project: %j', (conflict) =>
    expect(() => parsePending(withKey('conflicts', [conflict]))).toThrow(expect.objectContaining({ code: 'PATH_ESCAPES_PROJECT' })),
  );
});
