import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTaggedRepository } from './is-tagged-repository.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith-tagged-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...parts: string[]): string => join(root, '.git', ...parts);

describe('isTaggedRepository', () => {
  it.each<readonly [what: string, make: () => void, expected: boolean]>([
    ['no repository', () => undefined, false],
    ['a repository without tags', () => mkdirSync(git('refs', 'tags'), { recursive: true }), false],
    [
      'a tag of its own file',
      () => {
        mkdirSync(git('refs', 'tags'), { recursive: true });
        writeFileSync(git('refs', 'tags', 'v1.0.0'), '');
      },
      true,
    ],
    [
      'packed tags',
      () => {
        mkdirSync(git());
        writeFileSync(git('packed-refs'), `# pack-refs\n${'0'.repeat(40)} refs/tags/v1.0.0\n`);
      },
      true,
    ],
    ['a work tree beside its repository', () => writeFileSync(join(root, '.git'), 'gitdir: ../other/.git/worktrees/one\n'), false],
    ['a link that leads to itself', () => symlinkSync('.git', join(root, '.git')), false],
  ])('%s', (_what, make, expected) => {
    make();
    expect(isTaggedRepository(root)).toBe(expected);
  });

  it('is false for a file', () => {
    writeFileSync(join(root, 'cookiecutter.json'), '{}');
    expect(isTaggedRepository(join(root, 'cookiecutter.json'))).toBe(false);
  });
});
