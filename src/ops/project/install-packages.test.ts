import { describe, expect, it } from 'vitest';
import type { GenerationPlan, PlannedHook } from '../../core/plan/generation-plan.ts';
import type { HookOutcome } from '../../ports/hook-runner.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { installPackages } from './install-packages.ts';

const MANIFESTS = ['package.json', 'pyproject.toml', 'Cargo.toml'];

async function install(
  files: Readonly<Record<string, string>>,
  results: readonly HookOutcome['result'][] = [],
  { deleted = [], output = 'what it said' }: { readonly deleted?: readonly string[]; readonly output?: string } = {},
) {
  const ran: string[] = [];
  const left = [...results];
  const hooks = {
    findMissing: () => [],
    run: async (hook: PlannedHook): Promise<HookOutcome> => {
      ran.push(hook.run.join(' '));
      return { hook, result: left.shift() ?? 'done', exitCode: 0, milliseconds: 1, output };
    },
  };
  const paths = [...Object.keys(files), ...deleted].map((path) => ({ path, action: deleted.includes(path) ? 'delete' : 'create' }));
  const plan = { paths } as unknown as GenerationPlan;
  const outcome = await installPackages(
    { plan, signal: new AbortController().signal },
    { project: new MemoryProjectDir(files), hooks },
  ).catch((error: unknown) => error);
  return { ran, outcome };
}

describe('the packages of a project', () => {
  it('are installed by the package manager of each manifest that was written', async () => {
    const { ran, outcome } = await install(Object.fromEntries(MANIFESTS.map((path) => [path, ''])));
    expect(ran).toEqual(['npm install', 'python3 -m pip install --editable .', 'cargo fetch']);
    expect(outcome).toHaveLength(3);
    expect((await install({ 'src/package.json': '{}' }, [], { deleted: MANIFESTS })).ran).toEqual([]);
  });

  it.each([
    ['{ "packageManager": "pnpm@9.1.0" }', 'pnpm install'],
    ['{ "packageManager": "yarn@4" }', 'yarn install'],
    ['{ "packageManager": "bun@1" }', 'bun install'],
    ['{ "packageManager": "rm -rf@1" }', 'npm install'],
    ['\ud800', 'npm install'],
  ])('are installed by whom package.json names: %s', async (text, expected) => {
    expect((await install({ 'package.json': text })).ran).toEqual([expected]);
  });

  it.each<HookOutcome['result']>(['failed', 'timed-out', 'skipped'])(
    'are not all there where one %s, and nothing more is run',
    async (result) => {
      const { ran, outcome } = await install({ 'package.json': '{}', 'Cargo.toml': '' }, [result]);
      expect(ran).toEqual(['npm install']);
      expect(outcome).toMatchObject({
        code: 'INSTALL_FAILED',
        message: expect.stringContaining('`npm install` did not succeed'),
        diagnostics: [{ code: 'HOOK_OUTPUT', message: 'what it said' }],
      });
    },
  );

  it.each([
    ['', []],
    [' \n', []],
    ['no space left\n', [{ code: 'HOOK_OUTPUT', severity: 'error', message: 'no space left\n' }]],
  ])('fail with what was printed, %j, and with no empty finding', async (output, diagnostics) => {
    const { outcome } = await install({ 'package.json': '{}' }, ['failed'], { output });
    expect(outcome).toMatchObject({ code: 'INSTALL_FAILED', diagnostics });
  });
});
