import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/run-in-process.ts';
import { emptyDirectory } from '../template-world.ts';
import { CONSTRUCTS } from './constructs.ts';
import { LARGE_TEMPLATES } from './large-templates.ts';
import { LOCAL_EXTENSIONS } from './local-extensions.ts';
import { findCookiecutter, type ResultFiles, readResult, runCookiecutter, writeTemplate } from './run-templates.ts';
import type { TemplateCase } from './template-case.ts';

/** What cookiecutter 2.6.0 gave: used where none is installed, or only one of version 1 that is too old for a case. `RECORD=1` writes it anew. */
const RECORD = new URL('recorded.json', import.meta.url);
const recorded: Readonly<Record<string, ResultFiles>> = JSON.parse(readFileSync(RECORD, 'utf8'));

const world = mkdtempSync(join(tmpdir(), 'packsmith templätes '));
const written: Record<string, ResultFiles> = {};
const shares: string[] = [];
let version: string | undefined;

beforeAll(() => {
  version = findCookiecutter();
});

afterAll(() => {
  rmSync(world, { recursive: true, force: true });
  process.stderr.write(
    `\nFiles identical to those of ${version === undefined ? 'the recorded cookiecutter' : `cookiecutter ${version}`}\n${shares.join('\n')}\n\n`,
  );
  if (process.env['RECORD'] === '1' && !isOld()) writeFileSync(RECORD, `${JSON.stringify(written, null, 1)}\n`);
});

const CASES = [...CONSTRUCTS, ...LOCAL_EXTENSIONS, ...LARGE_TEMPLATES];

describe('a cookiecutter template gives the same files', () => {
  it.each(CASES.map((entry, index) => [entry.name, entry, index] as const))('%s', async (name, entry, index) => {
    const directory = emptyDirectory(world, `case ${index}`);
    const template = join(directory, 'template');
    writeTemplate(template, entry);
    const expected = entry.later?.files ?? oracle(entry, directory);
    const made = await generate(entry, template, directory);
    const same = Object.entries(expected).filter(([path, content]) => made[path] === content).length;
    const all = new Set([...Object.keys(expected), ...Object.keys(made)]).size;
    const how = entry.later === undefined ? (isLive(entry) ? '' : ' (as recorded)') : ` (by documentation: ${entry.later.since})`;
    shares.push(`  ${String(same).padStart(3)} of ${String(all).padStart(3)}  ${name}${how}`);
    expect(made).toEqual(expected);
    // As a pack of its own, without what the report of the import says.
    const pack = join(directory, 'pack');
    const imported = await run(['import', template, '--as', 'translated', '--output', pack, '--json'], directory);
    const { report } = JSON.parse(imported.stdout).data;
    const isWhole = report.every(({ outcome }: { outcome: string }) => outcome !== 'left out');
    if (entry.untranslated === undefined) expect(isWhole, JSON.stringify(report)).toBe(true);
    if (entry.untranslated === undefined) expect(await generate(entry, pack, join(directory, 'again'))).toEqual(made);
  });

  it('covers what is recorded, and records what is covered', () => {
    const compared = CASES.filter(({ later }) => later === undefined).map(({ name }) => name);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    expect(Object.keys(recorded).sort()).toEqual(compared.sort());
  });
});

/** Whether there is no cookiecutter of version 2 or later to ask. */
function isOld(): boolean {
  return version === undefined || /^[01]\./.test(version);
}

/** Whether the cookiecutter that is here can be asked what a case gives. */
function isLive({ newer }: TemplateCase): boolean {
  return version !== undefined && (newer === undefined || !isOld());
}

/** Version 1 always runs hooks: where they are not to run, it gets a template without them. */
function oracle(entry: TemplateCase, directory: string): ResultFiles {
  if (!isLive(entry)) return recorded[entry.name] ?? {};
  const template = join(directory, 'for cookiecutter', 'template');
  const files = Object.fromEntries(Object.entries(entry.files).filter(([path]) => entry.hooks === true || !path.startsWith('hooks/')));
  writeTemplate(template, { files });
  const result = runCookiecutter(template, join(directory, 'oracle'), entry);
  written[entry.name] = result;
  return result;
}

async function generate({ answers = {}, hooks }: TemplateCase, template: string, directory: string): Promise<ResultFiles> {
  const given = Object.entries(answers).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
  const output = join(directory, 'made');
  const args = ['generate', template, output, '--defaults', hooks === true ? '--trust' : '--skip-hooks', ...given];
  await run(args, directory);
  return readResult(output);
}

async function run(args: readonly string[], directory: string): Promise<{ readonly stdout: string }> {
  mkdirSync(directory, { recursive: true });
  const { exitCode, stderr, stdout } = await runInProcess(args, { cwd: directory, home: join(directory, 'home') });
  expect(exitCode, stderr + stdout).toBe(0);
  return { stdout };
}
