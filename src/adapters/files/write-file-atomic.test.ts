import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeFileAtomic } from './write-file-atomic.ts';

const directory = mkdtempSync(join(tmpdir(), 'packsmith-atomic-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('writes and replaces, and leaves nothing else', () => {
  writeFileAtomic(join(directory, 'a'), 'one');
  writeFileAtomic(join(directory, 'a'), Uint8Array.of(50));
  expect(readFileSync(join(directory, 'a'), 'utf8')).toBe('2');
  expect(readdirSync(directory)).toEqual(['a']);
});

it('leaves nothing when it fails', () => {
  mkdirSync(join(directory, 'taken', 'inner'), { recursive: true });
  expect(() => writeFileAtomic(join(directory, 'taken'), 'x')).toThrow();
  expect(readdirSync(directory).sort()).toEqual(['a', 'taken']);
});
