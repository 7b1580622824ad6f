import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOf, makeWorkshops, programEnvironment, programFile, type Workshop } from '../support/run-program.ts';
import { listPages, REPOSITORY } from './list-pages.ts';
import { isAsShown, readSteps, type ShownCommand, withOutputs } from './read-page.ts';

const makeWorkshop = makeWorkshops();

/** What a terminal shows only while it takes long, in one line that goes away. */
const PROGRESS = /^(?:read \S+ \S+|rendered \S+: \d+ files?|(?:wrote|changed) \d+ of \d+ files|ran case \d+ of \d+: .*)$/;

// A page whose output is no longer true is rewritten by `npm run snap -- test/docs`.
describe('every documented command prints what its page shows', () => {
  const pages = listPages().filter((page) => readSteps(readPage(page)).length > 0);
  it.each(pages)('%s', async (page) => {
    const text = readPage(page);
    const outputs = await runPage(text, makeWorkshop());
    await expect(withOutputs(text, outputs)).toMatchFileSnapshot(join(REPOSITORY, page));
  });
});

it('no documented command names the home that pages only show: it would reach beyond its own', () => {
  const commands = listPages().flatMap((page) =>
    readSteps(readPage(page)).flatMap((step) => (step.kind === 'command' ? [step.command] : [])),
  );
  expect(commands.filter((command) => command.includes(SHOWN_HOME))).toEqual([]);
});

describe('what counts as shown', () => {
  it.each<[string, string[], string[], boolean]>([
    ['the same lines', ['a', 'b'], ['a', 'b'], true],
    ['no lines', [], [], true],
    ['a line too many', ['a', 'b'], ['a'], false],
    ['any lines', ['a', 'x', 'y', 'b'], ['a', '…', 'b'], true],
    ['any lines, even none', ['a', 'b'], ['a', '…', 'b'], true],
    ['any text in a line', ['done: 4 files'], ['done: … files'], true],
    ['another line around any text', ['done: 4 paths'], ['done: … files'], false],
    ['signs of regular expressions', ['a.b(c)'], ['a.b(c)'], true],
    ['nothing but what they say', ['axb(c)'], ['a.b(c)'], false],
  ])('%s', (_, actual, shown, expected) => expect(isAsShown(actual, shown)).toBe(expected));
});

function readPage(page: string): string {
  return readFileSync(join(REPOSITORY, page), 'utf8');
}

/** One page is one session: its commands run one after the other, in one directory of an empty home. */
async function runPage(page: string, { work, home, root }: Workshop): Promise<Map<ShownCommand, readonly string[]>> {
  const outputs = new Map<ShownCommand, readonly string[]>();
  const env = { ...programEnvironment({ home }), PATH: `${installShim(root)}:${process.env['PATH']}`, ...GIT };
  let directory = work;
  let exitCode: number | null = 0;
  for (const step of readSteps(page)) {
    if (step.kind === 'file') {
      mkdirSync(dirname(join(work, step.path)), { recursive: true });
      writeFileSync(join(work, step.path), step.text);
    } else if (step.command.startsWith('cd ')) {
      directory = resolve(directory, step.command.slice(3));
      outputs.set(step, []);
    } else {
      const script = `exec 2>&1\n(exit ${exitCode})\n${step.command}`;
      const end = await endOf(spawn('bash', ['-c', script], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] }));
      exitCode = end.exitCode;
      outputs.set(step, toLines(end.stdout.replaceAll(work, SHOWN_HOME)));
    }
  }
  return outputs;
}

/** Where the pages pretend that their commands run. */
const SHOWN_HOME = '/home/ada';

const GIT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

function installShim(root: string): string {
  const directory = join(root, 'bin');
  mkdirSync(directory);
  writeFileSync(join(directory, 'packs'), `#!/bin/sh\nexec '${process.execPath}' '${programFile()}' "$@"\n`, { mode: 0o755 });
  return directory;
}

function toLines(output: string): string[] {
  const lines = output.split('\n').filter((line) => !PROGRESS.test(line));
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines;
}
