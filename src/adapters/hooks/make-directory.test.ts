import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDirectoryBelow } from './make-directory.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith directories '));
  mkdirSync(join(root, 'project'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a directory below a project', () => {
  const make = (path: string): (() => void) => makeDirectoryBelow(join(root, 'project'), path);

  it('is there until it is taken away, with those above it that are empty', () => {
    mkdirSync(join(root, 'project/a'));
    const takeAway = make('a/b/c');
    expect(existsSync(join(root, 'project/a/b/c'))).toBe(true);
    takeAway();
    expect(readdirSync(join(root, 'project'))).toEqual(['a']);
    expect(readdirSync(join(root, 'project/a'))).toEqual([]);
  });

  it('stays where something was put into it, and where it was before', () => {
    const takeAway = make('a/b');
    writeFileSync(join(root, 'project/a/b/mine'), '');
    takeAway();
    make('a')();
    expect(existsSync(join(root, 'project/a/b/mine'))).toBe(true);
  });

  it('is not made through a link that leads out, nor in the place of a file or a link to nothing', () => {
    mkdirSync(join(root, 'outside'));
    symlinkSync(join(root, 'outside'), join(root, 'project/link'));
    writeFileSync(join(root, 'project/file'), 'mine');
    symlinkSync('nothing', join(root, 'project/dangling'));
    for (const path of ['link/a', 'file', 'file/a', 'dangling', 'dangling/a']) make(path)();
    expect(readdirSync(join(root, 'outside'))).toEqual([]);
    expect(readdirSync(join(root, 'project')).sort()).toEqual(['dangling', 'file', 'link']);
  });
});
