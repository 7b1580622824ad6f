import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneWithFormatter } from '../support/clone-with-formatter.ts';
import { hasProgram } from '../support/generated-project.ts';
import { talkToProgram } from '../support/pseudo-terminal.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** Leaves a mark, and gives the text back as it is. */
const COMMAND = ['node', '-e', "require('fs').writeFileSync('mark', ''); process.stdin.pipe(process.stdout)"];

async function setScene(): Promise<Workshop & { readonly project: string; readonly mark: string }> {
  const workshop = makeWorkshop();
  const project = await cloneWithFormatter(workshop, COMMAND);
  return { ...workshop, project, mark: join(project, 'mark') };
}

describe('a formatter that packsmith.toml names', () => {
  it.each([
    [['update', '--format']],
    [['update', '--format', '--dry-run']],
    [['update', '--format', '--diff']],
    [['update', '--format', '--json']],
    [['regenerate', '--format']],
  ])('does not run without consent: %j', async (args) => {
    const { run, project, mark } = await setScene();
    const { stdout, stderr } = await run([...args], { cwd: project, input: 'y\n' });
    expect(existsSync(mark)).toBe(false);
    if (args[0] === 'update') expect(stdout + stderr).toContain('nobody agreed that it runs');
  });

  it('leaves a merge without it as it is without --format', async () => {
    const { succeed, project } = await setScene();
    await succeed(['update', '--format'], { cwd: project });
    expect(readFileSync(join(project, 'a.txt'), 'utf8')).toBe('ONE\ntwo\nTHREE\n');
  });

  it('runs with --trust', async () => {
    const { succeed, project, mark } = await setScene();
    await succeed(['update', '--format', '--trust'], { cwd: project });
    expect(existsSync(mark)).toBe(true);
  });

  it('runs where the settings of this machine trust the command in this directory, and nowhere else, and no other', async () => {
    const { succeed, project, mark, home } = await setScene();
    const config = join(home, 'packsmith', 'config.toml');
    const trust = (directory: string, run: readonly string[]): void =>
      writeFileSync(config, `[[trust.formatters]]\ndirectory = ${JSON.stringify(directory)}\nrun = ${JSON.stringify(run)}\n`);
    for (const [directory, run, isRun] of [
      [`${project}x`, COMMAND, false],
      [project, [...COMMAND, 'more'], false],
      [project, COMMAND, true],
    ] as const) {
      trust(directory, run);
      await succeed(['update', '--format', '--dry-run'], { cwd: project });
      expect(existsSync(mark)).toBe(isRun);
      rmSync(mark, { force: true });
    }
  });
});

describe.runIf(hasProgram('python3', 'asking for consent to a formatter in a pseudo-terminal'))('on a terminal', () => {
  it.each([
    ['yes', '\u001b[D\r', true],
    ['no', '\r', false],
  ])('the command of a formatter is shown in full and asked for: %s', async (_, keys, runs) => {
    const scene = await setScene();
    const { output } = await talkToProgram(['update', '--format', '--dry-run'], { ...scene, work: scene.project }, [
      ['Run this formatter?', keys],
    ]);
    expect(output).toContain('writeFileSync');
    expect(existsSync(scene.mark)).toBe(runs);
  });
});
