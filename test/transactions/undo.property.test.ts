import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import type { ProjectDir } from '../../src/ports/project-dir.ts';
import { MemoryProjectDir } from '../../src/testing/memory-project-dir.ts';
import { planInverse, planOf, type TestChange } from '../support/plan-of.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';

const makeDirectory = makeTemporaryDirectories();

/** A file: few contents, so that the same bytes stand at several paths. */
const file = fc.record({ content: fc.constantFrom('', 'a', 'b', 'longer\ntext\n'), mode: fc.constantFrom(0o644, 0o755) });
type RandomFile = typeof file extends fc.Arbitrary<infer Value> ? Value : never;

/** A tree of few names, so that trees collide with one another; a path that another one needs as a directory is left out. */
const tree: fc.Arbitrary<ReadonlyMap<string, RandomFile>> = fc
  .dictionary(
    fc.array(fc.constantFrom('x', 'y', 'Z', 'é w'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
    file,
    { maxKeys: 12 },
  )
  .map((entries) => {
    const paths = Object.keys(entries);
    return new Map(Object.entries(entries).filter(([path]) => !paths.some((other) => other.startsWith(`${path}/`))));
  });

/** What leads from one tree to another. */
function diff(before: ReadonlyMap<string, RandomFile>, after: ReadonlyMap<string, RandomFile>): TestChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): TestChange[] => {
    const [was, will] = [before.get(path), after.get(path)];
    if (was?.content === will?.content && was?.mode === will?.mode) return [];
    return [{ path, ...(was === undefined ? {} : { before: was }), ...(will === undefined ? {} : { after: will }) }];
  });
}

function show(files: ReadonlyMap<string, RandomFile>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, { content, mode }]) => [path, `${mode === 0o755 ? '*' : ''}${content}`]));
}

async function checkRoundTrip(
  project: ProjectDir,
  plan: readonly TestChange[],
  read: () => Record<string, string>,
  after: Record<string, string>,
) {
  const before = read();
  const record = await project.apply(planOf(plan));
  expect(read()).toEqual(after);
  if (plan.length === 0) return;
  await project.apply(await planInverse(record, project));
  expect(read()).toEqual(before);
}

describe('any change of any tree', () => {
  it('does what it says, and is restored exactly by its inverse', { timeout: 240_000 }, () =>
    fc.assert(
      fc.asyncProperty(tree, tree, async (before, after) => {
        const root = join(makeDirectory(), 'project');
        for (const [path, { content, mode }] of before) putFile(root, path, content, mode);
        await checkRoundTrip(new NodeProjectDir(root), diff(before, after), () => readTree(root), show(after));
      }),
      { numRuns: 120 },
    ),
  );

  it('also in memory', () =>
    fc.assert(
      fc.asyncProperty(tree, tree, async (before, after) => {
        const project = new MemoryProjectDir({});
        for (const [path, { content, mode }] of before) project.put(path, content, mode);
        const read = () =>
          Object.fromEntries(
            Object.entries(project.toTexts()).map(([path, text]) => [path, `${project.modeOf(path) === 0o755 ? '*' : ''}${text}`]),
          );
        await checkRoundTrip(project, diff(before, after), read, show(after));
      }),
    ));

  it('that dies anywhere is there whole or not at all', { timeout: 240_000 }, () =>
    fc.assert(
      fc.asyncProperty(tree, tree, fc.integer({ min: 1, max: 60 }), async (before, after, number) => {
        const root = join(makeDirectory(), 'project');
        for (const [path, { content, mode }] of before) putFile(root, path, content, mode);
        let steps = 0;
        let isCommitted = false;
        const onStep = (step: string): void => {
          steps += 1;
          if (steps >= number) throw new Error('died');
          isCommitted ||= step === 'commit';
        };
        await new NodeProjectDir(root, { onStep }).apply(planOf(diff(before, after))).catch(() => undefined);
        await new NodeProjectDir(root).recover();
        expect(readTree(root)).toEqual(show(isCommitted || steps < number ? after : before));
      }),
      { numRuns: 120 },
    ),
  );
});
