import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** What a record of another tool could name to make git or ssh run a program, read an option, or show something on the terminal. */
const SOURCES: readonly (readonly [what: string, source: string, commit?: string])[] = [
  ['a transport of git that runs a program', 'ext::sh -c touch% MARK'],
  ['the same behind git+', 'git+ext::sh -c touch% MARK'],
  ['an option for git', '--upload-pack=touch MARK'],
  ['an option for ssh', 'ssh://-oProxyCommand=touch MARK/x.git'],
  ['an option for ssh, as git writes it', 'git@-oProxyCommand=touch MARK:x.git'],
  ['a revision that is an option', 'gh:owner/repo', '--upload-pack=touch MARK'],
  ['escape sequences', 'gh:owner/\u001b]0;x\u0007repo'],
];

describe('the record of another tool in a cloned project', () => {
  const cases = SOURCES.flatMap(([what, source, commit]) =>
    (['.copier-answers.yml', '.cruft.json'] as const).map((file) => ({ what, source, commit, file })),
  );

  it.each(cases)('that names $what is refused: $file', async ({ source, commit = 'v1', file }) => {
    const { run, work } = makeWorkshop();
    const project = join(work, 'clone');
    const mark = join(work, 'mark');
    mkdirSync(project);
    const address = source.replace('MARK', mark);
    const revision = commit.replace('MARK', mark);
    const copier = `_src_path: ${JSON.stringify(address)}\n_commit: ${JSON.stringify(revision)}\n`;
    const cruft = JSON.stringify({ template: address, commit: revision, context: { cookiecutter: { a: 'b' } } });
    writeFileSync(join(project, file), file === '.cruft.json' ? cruft : copier);
    writeFileSync(join(project, 'README.md'), 'x\n');
    const { exitCode, stdout, stderr } = await run(['adopt'], { cwd: project });
    expect(exitCode, stdout).not.toBe(0);
    expect(stderr).toContain('error[REFERENCE_INVALID]');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout + stderr).not.toMatch(/[\u0007\u001b]/);
    expect(existsSync(mark)).toBe(false);
  });
});
