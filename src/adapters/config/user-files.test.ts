import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUserFile, writeUserFile } from './user-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith-files-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the files of the user', () => {
  it('are written with their directories, replaced, and read back', () => {
    const file = join(root, 'a', 'b', 'config.toml');
    writeUserFile(file, 'one');
    writeUserFile(file, 'zwei ü');
    expect(readUserFile(file)).toBe('zwei ü');
    expect(readdirSync(join(root, 'a', 'b'))).toEqual(['config.toml']);
  });

  it('are undefined where there is nothing', () => {
    expect(readUserFile(join(root, 'none'))).toBeUndefined();
  });

  it('are refused when they are no text', () => {
    writeFileSync(join(root, 'bytes'), new Uint8Array([0xff, 0xfe]));
    expect(() => readUserFile(join(root, 'bytes'))).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    expect(() => readUserFile(root)).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});
