import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { IgnoreRules } from '../../src/core/text/ignore-rules.ts';

const PATHS = [
  'a.log',
  'keep.log',
  'src/a.log',
  'src/keep.log',
  'build/x',
  'src/build/x',
  'src/b.txt',
  'docs/b.txt',
  'docs/deep/b.txt',
  'tmp/x/y',
  'tmp/x/z',
  '#hash',
  '!bang',
  'a b ',
  '{x}',
  'foo/bar',
  'x/foo/bar',
  'q1',
  'q2',
  'vendor/keep/me',
  'vendor/other',
  'end.txt',
  'a[1]',
];

const CASES: readonly Record<string, string>[] = [
  { '': '*.log\n!keep.log\n' },
  { '': '/build/\n' },
  { '': 'build\n' },
  { '': 'docs/**/b.txt\n**/foo/bar\n' },
  { '': 'tmp/*\n!tmp/x\ntmp/x/*\n!tmp/x/z\n' },
  { '': '\\#hash\n\\!bang\na b\\ \n# comment\n\n   \n' },
  { '': '{x}\nq[12]\n!q2\n' },
  { '': 'foo/bar\n' },
  { '': 'vendor\n!vendor/keep/me\n' },
  { '': '*.log\n', src: '!keep.log\n/b.txt\nbuild/\n' },
  { '': 'end.txt  \r\na\\[1\\]\r\n' },
  { '': '*\n!*/\n!*.txt\n' },
];

/** Asks git itself, which is what the rules are of. */
function askGit(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'packsmith-ignore-'));
  try {
    spawnSync('git', ['init', '-q', root]);
    for (const [directory, text] of Object.entries(files)) {
      mkdirSync(join(root, directory), { recursive: true });
      writeFileSync(join(root, directory, '.gitignore'), text);
    }
    for (const path of PATHS) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    const env = { PATH: process.env['PATH'] ?? '', HOME: root, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const { stdout } = spawnSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], { cwd: root, env, encoding: 'utf8' });
    const shown = new Set(stdout.split('\0'));
    return PATHS.filter((path) => !shown.has(path));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

it.each(CASES)('leaves out what git leaves out: %j', (files) => {
  const rules = new IgnoreRules(new Map(Object.entries(files)));
  expect(PATHS.filter((path) => rules.ignores(path))).toEqual(askGit(files));
});
