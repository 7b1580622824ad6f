import { expect, it } from 'vitest';
import { parseOutputPath } from './parse-output-path.ts';

it.each(['a.txt', 'packages/a/packsmith.toml', '.gitignore', '.github/workflows/ci.yml', 'src/git.ts', '.packsmithrc'])(
  '%s can be written',
  (path) => {
    expect(parseOutputPath(path)).toBe(path);
  },
);

it.each([
  'packsmith.toml',
  'packsmith.lock',
  'PackSmith.Lock',
  '.packsmith',
  '.packsmith/baseline.bin',
  '.PACKSMITH/local/x',
  '.git/hooks/pre-commit',
  '.Git/config',
  'sub/.git/config',
  '.git',
  'GIT~1/config',
  '.g\u200cit/config',
  '../a',
])('%j is not for packs', (path) => {
  expect(() => parseOutputPath(path)).toThrow(expect.objectContaining({ code: 'PATH_ESCAPES_PROJECT' }));
});
