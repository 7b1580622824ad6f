import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { planOf } from '../support/plan-of.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';
import { mixedPlan, newTree, oldTree, putOldProject } from './mixed-change.ts';
import { runChild, startChild, writePlan } from './run-child.ts';

const makeDirectory = makeTemporaryDirectories();

/** A process that dies at a step: nothing it would do after that step happens. */
class Died extends Error {}

function dieAt(number: number, seen: string[] = []): (step: string) => void {
  return (step) => {
    seen.push(step);
    if (seen.length >= number) throw new Died(step);
  };
}

function makeOldProject(): string {
  const root = join(makeDirectory(), 'project');
  putOldProject(root);
  return root;
}

async function attempt(run: Promise<unknown>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
}

function expectNothingLeft(root: string): void {
  const local = join(root, '.packsmith', 'local');
  if (!existsSync(local)) return;
  const transactions = join(local, 'transactions');
  expect(existsSync(transactions) ? readdirSync(transactions) : []).toEqual([]);
}

/** The names of all steps of a change that nothing interrupts. */
async function listSteps(): Promise<string[]> {
  const steps: string[] = [];
  await new NodeProjectDir(makeOldProject(), { onStep: (step) => steps.push(step) }).apply(mixedPlan);
  return steps;
}

const allSteps = await listSteps();
const firstAfterJournal = allSteps.indexOf('journalled');

describe('a change that is killed', () => {
  it('has steps on both sides of the point of no return', () => {
    expect(firstAfterJournal).toBeGreaterThan(10);
    expect(allSteps.length - firstAfterJournal).toBeGreaterThan(20);
  });

  it.each(allSteps.map((step, index) => [index + 1, step] as const))(
    'by SIGKILL at step %i (%s) is all there or not at all',
    async (number) => {
      const root = makeOldProject();
      const planFile = writePlan(join(root, '..'), mixedPlan);
      expect((await runChild({ root, planFile, killAtStep: number })).signal).toBe('SIGKILL');
      const { answer } = await runChild({ root });
      expect(answer?.error).toBeUndefined();
      expect(readTree(root)).toEqual(number - 1 >= firstAfterJournal ? newTree : oldTree);
      expectNothingLeft(root);
      const undone = await new NodeProjectDir(root).listTransactions();
      expect(undone.length).toBe(number - 1 >= firstAfterJournal ? 1 : 0);
    },
  );

  it('is recovered by the next change too, before it is made', async () => {
    const root = makeOldProject();
    await attempt(new NodeProjectDir(root, { onStep: dieAt(firstAfterJournal + 4) }).apply(mixedPlan));
    await new NodeProjectDir(root).apply(planOf([{ path: 'later', after: 'later' }], 'add'));
    expect(readTree(root)).toEqual({ ...newTree, later: 'later' });
    expectNothingLeft(root);
  });

  it.each(stepsAfter(firstAfterJournal))('at step %i, and whose recovery dies at any step, is all there', async (first) => {
    for (let second = 1; second < 100; second += 1) {
      const root = makeOldProject();
      await attempt(new NodeProjectDir(root, { onStep: dieAt(first) }).apply(mixedPlan));
      const seen: string[] = [];
      await attempt(new NodeProjectDir(root, { onStep: dieAt(second, seen) }).recover());
      await new NodeProjectDir(root).recover();
      expect(readTree(root)).toEqual(newTree);
      expectNothingLeft(root);
      if (seen.length < second) break;
    }
  });

  // Once the user has put something where the change would have put its last file, the change cannot be finished.
  const stepsToLast = stepsAfter(firstAfterJournal).filter((step) => step <= allSteps.indexOf('place packsmith.toml') + 1);

  it.each(stepsToLast.filter((_, index) => index % 3 === 0))(
    'at step %i, and can only be taken back, is taken back whole, at whatever step that dies',
    async (first) => {
      const expected = { ...oldTree, 'packsmith.toml': 'by the user' };
      for (let second = 1; second < 100; second += 1) {
        const root = makeOldProject();
        await attempt(new NodeProjectDir(root, { onStep: dieAt(first) }).apply(mixedPlan));
        putFile(root, 'packsmith.toml', 'by the user');
        const seen: string[] = [];
        await attempt(new NodeProjectDir(root, { onStep: dieAt(second, seen) }).recover());
        const rest = await new NodeProjectDir(root).recover();
        expect([rest?.outcome, rest?.kept ?? []]).toEqual([
          seen.includes('taken back') && rest === undefined ? undefined : 'taken-back',
          [],
        ]);
        expect(readTree(root)).toEqual(expected);
        expectNothingLeft(root);
        if (seen.length < second) break;
      }
    },
  );
});

/** The numbers of the steps behind one, from 1. */
function stepsAfter(step: number): number[] {
  return allSteps.map((_, index) => index + 1).filter((number) => number > step);
}

describe('a big change that is killed at a random moment', () => {
  it('is all there or not at all, forty times', { timeout: 240_000 }, async () => {
    const files = Array.from({ length: 150 }, (_, index) => `old/${index % 7}/f${index}`);
    const fresh = Array.from({ length: 150 }, (_, index) => `new/${index % 5}/f${index}`);
    const plan: GenerationPlan = planOf([
      ...fresh.map((path) => ({ path, after: `new ${path}` })),
      ...files.map((path) => ({ path, before: `old ${path}`, after: `new ${path}` })),
    ]);
    const before = Object.fromEntries(files.map((path) => [path, `old ${path}`]));
    const after = Object.fromEntries([...files, ...fresh].map((path) => [path, `new ${path}`]));
    const outcomes = { old: 0, new: 0 };
    for (let round = 0; round < 40; round += 1) {
      const root = join(makeDirectory(), 'project');
      for (const [path, content] of Object.entries(before)) putFile(root, path, content);
      const child = await startChild({ root, planFile: writePlan(join(root, '..'), plan) });
      await child.waitFor('started');
      await new Promise((resolve) => setTimeout(resolve, round * 2.5));
      child.process.kill('SIGKILL');
      await child.end;
      await new NodeProjectDir(root).recover();
      const tree = readTree(root);
      const isNew = 'new/0/f0' in tree;
      outcomes[isNew ? 'new' : 'old'] += 1;
      expect(tree).toEqual(isNew ? after : before);
      expect(
        existsSync(join(root, '.packsmith', 'local', 'transactions')) ? readdirSync(join(root, '.packsmith', 'local', 'transactions')) : [],
      ).toEqual([]);
    }
    expect(outcomes.old + outcomes.new).toBe(40);
  });

  it('leaves nothing when the project was new and the point of no return was not reached', async () => {
    const parent = makeDirectory();
    const root = join(parent, 'a', 'b');
    mkdirSync(join(parent, 'a'));
    await attempt(new NodeProjectDir(root, { onStep: dieAt(3) }).apply(planOf([{ path: 'x/y', after: 'z' }])));
    expect(readdirSync(join(parent, 'a'))).toEqual([]);
  });
});
