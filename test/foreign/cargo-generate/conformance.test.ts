import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../../support/run-in-process.ts';
import { emptyDirectory, generateResult, readResult, writeTemplate } from '../template-world.ts';
import { CONSTRUCTS } from './constructs.ts';
import { HOOKS } from './hooks.ts';
import { REFUSED } from './refused.ts';

const world = mkdtempSync(join(tmpdir(), 'packsmith cärgo '));
afterAll(() => rmSync(world, { recursive: true, force: true }));

describe('a template of cargo-generate gives what its documentation says', () => {
  it.each([...CONSTRUCTS, ...HOOKS].map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, entry) => {
    const root = emptyDirectory(world, `case ${index}`);
    writeTemplate(join(root, 'template'), entry.files);
    const end = await generateResult(root, './template', entry.answers);
    expect(end.exitCode, end.stdout + end.stderr).toBe(0);
    expect(readResult(join(root, 'my-result'))).toEqual(entry.gives);
    const status = await runInProcess(['status'], { cwd: join(root, 'my-result'), home: join(root, 'home') });
    expect(status.exitCode, status.stdout + status.stderr).toBe(0);
  });
});

/** The variable of the pack that is asked in the place of a placeholder. */
function variableFor(name: string, manifest: string): string {
  const bare = name.toLowerCase().replaceAll('-', '_');
  return [name, bare, `${bare}_`, `the_${bare}`].find((candidate) => manifest.includes(`[variables.${candidate}]`)) ?? name;
}

describe('a pack that is made of it gives the same', () => {
  it.each(CONSTRUCTS.map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, entry) => {
    const root = emptyDirectory(world, `pack ${index}`);
    const home = join(root, 'home');
    writeTemplate(join(root, 'template'), entry.files);
    const imported = await runInProcess(['import', './template', '--as', 'made', '--output', 'made'], { cwd: root, home });
    expect(imported.exitCode, imported.stdout + imported.stderr).toBe(0);
    const manifest = readFileSync(join(root, 'made/pack.toml'), 'utf8');
    const validated = await runInProcess(['validate', './made'], { cwd: root, home });
    expect(validated.exitCode, `${validated.stdout}${validated.stderr}\n${manifest}`).toBe(0);
    const answers = Object.fromEntries(Object.entries(entry.answers ?? {}).map(([name, value]) => [variableFor(name, manifest), value]));
    const end = await generateResult(root, './made', answers);
    expect(end.exitCode, `${end.stdout}${end.stderr}\n${manifest}`).toBe(0);
    expect(readResult(join(root, 'my-result')), manifest).toEqual(entry.gives);
  });
});

describe('what cannot be done is refused with the place', () => {
  it.each(REFUSED.map((entry, index) => [entry.name, index, entry] as const))('%s', async (_name, index, entry) => {
    const root = emptyDirectory(world, `case ${1000 + index}`);
    writeTemplate(join(root, 'template'), entry.files);
    const end = await generateResult(root, './template', entry.answers);
    expect(end.exitCode, end.stdout).not.toBe(0);
    for (const part of entry.says) expect(end.stderr).toContain(part);
    expect(readdirSync(root)).not.toContain('my-result');
  });
});
