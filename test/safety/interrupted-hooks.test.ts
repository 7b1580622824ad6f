import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cloneWithFormatter } from '../support/clone-with-formatter.ts';
import { hasProgram } from '../support/generated-project.ts';
import { endOf, makeWorkshops, readTexts, readWholeTree, startProgram, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

interface Interrupted {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** A program that says its process id in a file of the home directory, and then never ends. */
const endless = (mark: string): string =>
  `require('fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => {}, 1000)`;

const markOf = ({ home }: Workshop): string => join(home, 'started');

/** Presses Ctrl+C once the endless program has started, and sees to it that it is gone. */
async function interrupt(workshop: Workshop, args: readonly string[], cwd = workshop.work): Promise<Interrupted> {
  const env = { PATH: [join(workshop.root, 'bin'), process.env['PATH']].join(delimiter) };
  const child = startProgram(args, { cwd, home: workshop.home, env });
  const ended = endOf(child);
  let hasEnded = false;
  void ended.finally(() => {
    hasEnded = true;
  });
  const mark = markOf(workshop);
  while (!hasEnded && (!existsSync(mark) || readFileSync(mark, 'utf8') === '')) await pause(20);
  child.kill('SIGINT');
  const { exitCode, stderr } = await ended;
  expect(existsSync(mark), stderr).toBe(true);
  expect(() => process.kill(Number(readFileSync(mark, 'utf8')), 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
  return { exitCode, stderr };
}

function makeHooked(workshop: Workshop, stage: string, more = ''): string {
  const run = JSON.stringify(['node', '-e', endless(markOf(workshop))]);
  const manifest = `[[hooks.${stage}]]\nname = "the hook"\nrun = ${run}\n${more}`;
  return writePack(join(workshop.root, 'hooked'), { id: 'hooked', manifest, files: { 'templates/package.json': '{}\n' } });
}

describe('Ctrl+C', () => {
  it('in a hook before generating leaves nothing', async () => {
    const workshop = makeWorkshop();
    const { exitCode, stderr } = await interrupt(workshop, ['generate', makeHooked(workshop, 'pre_generate'), 'out', '--trust']);
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/INTERRUPTED[\s\S]*the hook "the hook"[\s\S]*nothing was written/)]);
    expect(readdirSync(workshop.work)).toEqual([]);
  });

  it.each(['', 'continue_on_error = true\n'])('in a hook after generating leaves a project that can be taken back: %j', async (more) => {
    const workshop = makeWorkshop();
    const { exitCode, stderr } = await interrupt(workshop, ['generate', makeHooked(workshop, 'post_generate', more), 'out', '--trust']);
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/INTERRUPTED[\s\S]*the project is written[\s\S]*packs undo/)]);
    const project = join(workshop.work, 'out');
    await workshop.succeed(['status', '--check'], { cwd: project });
    await workshop.succeed(['undo'], { cwd: project });
    expect(readTexts(project)).toEqual({});
  });

  it('in a task of Copier leaves a project that can be taken back', async () => {
    const workshop = makeWorkshop();
    const template = join(workshop.root, 'template');
    mkdirSync(template);
    const tasks = JSON.stringify([['node', '-e', endless(markOf(workshop))]]);
    writeFileSync(join(template, 'copier.yml'), `_tasks: ${tasks}\nname:\n  type: str\n  default: a\n`);
    writeFileSync(join(template, 'a.txt'), 'a\n');
    const { exitCode, stderr } = await interrupt(workshop, ['generate', template, 'out', '--trust']);
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/INTERRUPTED[\s\S]*packs undo/)]);
    await workshop.succeed(['undo'], { cwd: join(workshop.work, 'out') });
  });

  it.runIf(hasProgram('python3', 'interrupting a hook of cookiecutter'))('in a hook before the questions leaves nothing', async () => {
    const workshop = makeWorkshop();
    const template = join(workshop.root, 'template');
    mkdirSync(join(template, 'hooks'), { recursive: true });
    mkdirSync(join(template, '{{cookiecutter.name}}'));
    writeFileSync(join(template, 'cookiecutter.json'), '{"name": "a"}');
    writeFileSync(join(template, '{{cookiecutter.name}}', 'a.txt'), 'a\n');
    const mark = JSON.stringify(markOf(workshop));
    const script = `import os, time\nwith open(${mark}, 'w') as file:\n    file.write(str(os.getpid()))\ntime.sleep(1000)\n`;
    writeFileSync(join(template, 'hooks', 'pre_prompt.py'), script);
    const { exitCode, stderr } = await interrupt(workshop, ['generate', template, '--trust', '--yes']);
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
    expect(readdirSync(workshop.work)).toEqual([]);
  });

  it('while packages are installed leaves the project', async () => {
    const workshop = makeWorkshop();
    const pack = makeHooked(workshop, 'post_generate');
    mkdirSync(join(workshop.root, 'bin'));
    const npm = join(workshop.root, 'bin', 'npm');
    writeFileSync(npm, `#!/usr/bin/env node\n${endless(markOf(workshop))}\n`);
    chmodSync(npm, 0o755);
    const { exitCode, stderr } = await interrupt(workshop, ['generate', pack, 'out', '--skip-hooks', '--install']);
    expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/INTERRUPTED[\s\S]*the project is written/)]);
    await workshop.succeed(['status', '--check'], { cwd: join(workshop.work, 'out') });
  });

  it('in a formatter leaves the project as it was', async () => {
    const workshop = makeWorkshop();
    const project = await cloneWithFormatter(workshop, ['node', '-e', endless(markOf(workshop))]);
    const before = readWholeTree(project);
    const { exitCode, stderr } = await interrupt(workshop, ['update', '--format', '--trust'], project);
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
    expect(readWholeTree(project)).toEqual(before);
  });

  it('in a command of a test case says no verdict', async () => {
    const workshop = makeWorkshop();
    const text = `name = "a"\n[expect]\n[[commands]]\nrun = ${JSON.stringify(['node', '-e', endless(markOf(workshop))])}\n`;
    const pack = writePack(join(workshop.work, 'tested'), { id: 'tested', files: { 'templates/a.txt': 'a\n', 'tests/a.toml': text } });
    const { exitCode, stderr } = await interrupt(workshop, ['test', pack, '--trust']);
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
  });
});
