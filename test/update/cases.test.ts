import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UndoData } from '../../src/cli/output-data.ts';
import { DECISION_TABLE } from '../../src/core/reconcile/decision-table.ts';
import { SITUATIONS } from '../../src/core/reconcile/situations.ts';
import { makeTemporaryDirectories } from '../support/real-project.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { runProgram } from '../support/run-program.ts';
import { readOwn, withoutForm } from '../support/update-case/case-project.ts';
import { type CaseOutcome, runCase } from '../support/update-case/run-case.ts';
import {
  type CaseFiles,
  type Expectation,
  readCase,
  type UpdateCase,
  type Variant,
  withExpectation,
} from '../support/update-case/update-case.ts';

const makeDirectory = makeTemporaryDirectories();

const FOLDER = join(import.meta.dirname, '..', 'cases', 'update');

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly wanted: UpdateCase;
}

const CASES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.toml'))
  .sort()
  .map((name): Entry => {
    const file = join(FOLDER, name);
    const text = readFileSync(file, 'utf8');
    return { name: name.slice(0, -'.toml'.length), file, text, wanted: readCase(text) };
  });

/** What was not generated is neither as generated nor like it; what is not wanted cannot be as wanted. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(['added as-generated', 'added reformatted', 'removed as-wanted', 'released as-wanted']);

const isObstacle = (reason: string): boolean => reason.endsWith('no file is in the way');

const made = new Map<UpdateCase, string>();
const runHere = (wanted: UpdateCase, variant: Variant): Promise<CaseOutcome> =>
  runCase(wanted, variant, { directory: makeDirectory(), runLine: runInProcess, made });

const suits = (variant: Variant) => CASES.filter(({ wanted }) => wanted.not?.[variant] === undefined);

// What is expected is written by `npm run snap -- test/update`, to be read before it is committed.
describe('a project is updated', () => {
  it.each(CASES)('$name', async ({ file, text, wanted }) => {
    const outcome = await runHere(wanted, 'plain');
    await expect(withExpectation(text, outcome.found)).toMatchFileSnapshot(file);
    expect(droppedPaths(outcome), 'every path of the last generation is in the plan').toEqual([]);
    await takeBack(outcome);
  });
});

describe('every row of the decision table, and every situation, has a case', () => {
  const seen = CASES.flatMap(({ wanted }) => Object.values(wanted.expect?.paths ?? {}));
  const rows = Object.entries(DECISION_TABLE).flatMap(([wanted, row]) =>
    Object.entries(row)
      .filter(([onDisk]) => !IMPOSSIBLE.has(`${wanted} ${onDisk}`))
      .map(([onDisk, decision]) => [`${wanted}, ${onDisk}`, decision] as const),
  );
  it.each(rows)('%s', (_, { class: kind, reason }) => {
    // A row that two columns share needs one case.
    const found = seen.filter(([, , text = '']) => text.includes(isObstacle(reason) ? 'in the way' : reason));
    expect(found.filter(([pathClass]) => pathClass === kind || pathClass === 'moved' || pathClass === 'renamed')).not.toEqual([]);
  });
  it.each(Object.keys(SITUATIONS).filter((name) => name !== 'other-kind'))('%s', (name) => {
    expect(seen.some((words) => words.includes(`+${name}`))).toBe(true);
  });
});

describe('with CRLF in every text', () => {
  it.each(suits('crlf'))('$name', async ({ wanted }) => {
    const { found, before } = await runHere(wanted, 'crlf');
    expect(withoutForms(found)).toEqual(withoutForms(wanted.expect));
    for (const [path, content] of Object.entries(found.files)) {
      const was = before[path];
      const isReplaced = found.paths?.[path]?.[0] === 'new' || found.paths?.[path]?.includes('+overwritten');
      if (isReplaced !== true && typeof was === 'string' && typeof content === 'string' && was.includes('\r\n'))
        expect(content, path).not.toMatch(/(?<!\r)\n/);
    }
  });
});

describe('in a git repository, whose index stays as it is', () => {
  it.each(suits('git'))('$name', async ({ wanted }) => {
    const { found, index, root } = await runHere(wanted, 'git');
    expect(found).toEqual(wanted.expect);
    expect(readFileSync(join(root, '.git', 'index')).equals(index ?? Buffer.of())).toBe(true);
  });
});

describe('after the project was reformatted', () => {
  it.each(suits('reformatted'))('$name', async ({ wanted }) => {
    const { found } = await runHere(wanted, 'reformatted');
    expect(withoutForms(found)).toEqual(withoutForms(wanted.expect));
  });
});

describe('by the built program', () => {
  it.each(CASES.filter((_, index) => index % 12 === 0))('$name', async ({ wanted }) => {
    const { found } = await runCase(wanted, 'plain', { directory: makeDirectory(), runLine: runProgram });
    expect(found).toEqual(wanted.expect);
  });
});

/** Generated files that the plan says nothing about. */
function droppedPaths({ found, locked }: CaseOutcome): string[] {
  const { paths } = found;
  if (paths === undefined) return [];
  const named = new Set([
    ...Object.keys(paths),
    ...Object.values(paths).flatMap((words) => words.flatMap((word) => (word.startsWith('from ') ? [word.slice(5)] : []))),
  ]);
  const isMentioned = (path: string): boolean => Object.values(paths).some(([, , reason = '']) => reason.endsWith(` ${path}`));
  return locked.map(({ path }) => path).filter((path) => !named.has(path) && !isMentioned(path));
}

/** Whatever a command did can be taken back exactly. */
async function takeBack({ found, root, run, before }: CaseOutcome): Promise<void> {
  const hasChanged = JSON.stringify(readOwn(root)) !== JSON.stringify(before);
  if (!hasChanged) return;
  // The newest by its name: what went back itself is else left out.
  const [newest] = ((await run('undo --list')).data as UndoData).changes ?? [];
  const { exitCode } = await run(found.open === undefined ? `undo ${newest?.id}` : 'update --abort');
  expect(exitCode).toBe(0);
  expect(readOwn(root)).toEqual(before);
}

/** What must be the same whatever the form of the files: exit code, open conflicts, class and action of each path, and the contents. */
function withoutForms(expected: Expectation | undefined): Expectation | undefined {
  if (expected === undefined) return undefined;
  const files: CaseFiles = Object.fromEntries(Object.entries(expected.files).map(([path, file]) => [path, withoutForm(file, path)]));
  const paths = Object.entries(expected.paths ?? {}).map(([path, [kind = '', action = '']]) => [
    path,
    [kind === 'reformatted' ? 'unchanged' : kind, action],
  ]);
  return { ...expected, paths: Object.fromEntries(paths), files };
}
