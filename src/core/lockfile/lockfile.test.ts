import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import { findPathProblem, type ProjectPath } from '../tree/project-path.ts';
import { formatBaseline, parseBaseline } from './baseline.ts';
import { formatLockfile } from './format-lockfile.ts';
import type { Lockfile } from './lockfile.ts';
import { parseLockfile } from './parse-lockfile.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/) as fc.Arbitrary<Digest>;
const path = fc.string({ minLength: 1 }).filter((text) => findPathProblem(text) === undefined) as fc.Arbitrary<ProjectPath>;
const name = fc.string();

const lockfile: fc.Arbitrary<Lockfile> = fc.record({
  format: fc.constant(1 as const),
  now: fc.constant('2026-01-02T03:04:05.678Z'),
  answers: digest,
  baseline: digest,
  packs: fc.array(
    fc.record({ id: name, version: name, source: name, integrity: name, dependencies: fc.constantFrom({}, { a: '^1', b: '*' }) }),
  ),
  files: fc.uniqueArray(fc.record({ path, sha256: digest, mode: fc.constantFrom(0o644, 0o755), packs: fc.array(name), template: name }), {
    selector: (file) => file.path,
  }),
  injections: fc.array(fc.record({ path, pack: name, template: name, sha256: digest })),
});

const SAMPLE: Lockfile = {
  format: 1,
  now: '2026-01-02T03:04:05.678Z',
  answers: '0'.repeat(64) as Digest,
  baseline: '1'.repeat(64) as Digest,
  packs: [],
  files: [{ path: 'a' as ProjectPath, sha256: '2'.repeat(64) as Digest, mode: 0o644, packs: ['p'], template: 't' }],
  injections: [],
};

describe('lockfile', () => {
  it('is the same after formatting and parsing', () => {
    fc.assert(
      fc.property(lockfile, (value) => {
        expect(parseLockfile(formatLockfile(value))).toEqual(value);
      }),
    );
  });

  it('keeps how a path was settled', () => {
    const decision = { how: 'merged', driver: 'json', by: '*.json', among: ['p', 'q'] };
    const settled = { ...SAMPLE, files: SAMPLE.files.map((file) => ({ ...file, decision })) };
    expect(formatLockfile(settled)).toContain('"decision":{"how":"merged","driver":"json","by":"*.json","among":["p","q"]}');
    expect(parseLockfile(formatLockfile(settled))).toEqual(settled);
    const broken = formatLockfile(settled).replace('"among":["p","q"]', '"among":1');
    expect(() => parseLockfile(broken)).toThrow(expect.objectContaining({ code: 'LOCKFILE_INVALID' }));
  });

  it.each<[string, (text: string) => string]>([
    ['an empty file', () => ''],
    ['an array', () => '[]'],
    ['another format', (text) => text.replace('"format": 1', '"format": 2')],
    ['a path that escapes', (text) => text.replace('"path":"a"', '"path":"../a"')],
    ['a digest that is none', (text) => text.replace('2'.repeat(64), 'xyz')],
    ['setuid', (text) => text.replace('"0644"', '"4755"')],
    ['a merge conflict', (text) => `<<<<<<< ours\n${text}`],
    ['files that are no list', (text) => text.replace(/"files": \[[^\]]*\]\n? {2}\]|"files": \[[\s\S]*?\n {2}\]/, '"files": {}')],
  ])('refuses %s', (_what, damage) => {
    const text = damage(formatLockfile(SAMPLE));
    expect(() => parseLockfile(text)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(LOCKFILE_INVALID|PATH_ESCAPES_PROJECT)$/) }),
    );
  });

  it('refuses a path that is listed twice', () => {
    const twice = { ...SAMPLE, files: [...SAMPLE.files, ...SAMPLE.files] };
    expect(() => parseLockfile(formatLockfile(twice))).toThrow(expect.objectContaining({ code: 'LOCKFILE_INVALID' }));
  });
});

describe('baseline', () => {
  const contents = fc.dictionary(digest, fc.uint8Array(), { maxKeys: 5 }).map((record) => new Map(Object.entries(record))) as fc.Arbitrary<
    Map<Digest, Uint8Array>
  >;

  it('is the same after formatting and parsing, whatever the order', () => {
    fc.assert(
      fc.property(contents, (baseline) => {
        const block = formatBaseline(baseline);
        expect(new Map([...parseBaseline(block)].map(([key, bytes]) => [key, Uint8Array.from(bytes)]))).toEqual(baseline);
        expect(formatBaseline(new Map([...baseline].reverse()))).toEqual(block);
      }),
    );
  });

  it('refuses anything else with its own code', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => encodeUtf8(`packsmith baseline 1\n${text}`)),
        ),
        (block) => {
          try {
            parseBaseline(block);
          } catch (error) {
            expect(error).toMatchObject({ code: 'BASELINE_INVALID' });
          }
        },
      ),
    );
  });
});
