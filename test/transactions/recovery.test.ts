import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Recovery } from '../../src/ports/project-dir.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';
import { mixedPlan, newTree, oldTree, putOldProject } from './mixed-change.ts';

const makeDirectory = makeTemporaryDirectories();

class Died extends Error {}

/** A project whose change died when it was about to do this step. */
async function makeInterrupted(at: string): Promise<string> {
  const root = join(makeDirectory(), 'project');
  putOldProject(root);
  let isDead = false;
  const onStep = (step: string): void => {
    isDead ||= step === at;
    if (isDead) throw new Died(step);
  };
  await expect(new NodeProjectDir(root, { onStep }).apply(mixedPlan)).rejects.toThrow(Died);
  return root;
}

function findTransaction(root: string): string {
  const transactions = join(root, '.packsmith/local/transactions');
  const [id] = readdirSync(transactions);
  return join(transactions, id!);
}

interface EditedCase {
  /** Where the change died. */
  readonly at: string;
  /** What the user did before the next command. */
  readonly edit: (root: string) => void;
  readonly outcome: Recovery['outcome'];
  /** What is there after, over the old or the new project. */
  readonly differs: Record<string, string | undefined>;
  /** What stands beside: the path and the text. */
  readonly kept?: Record<string, string>;
}

const cases: Record<string, EditedCase> = {
  'an edit of a file that is still to be replaced': {
    at: 'keep README.md',
    edit: (root) => writeFileSync(join(root, 'README.md'), 'by the user'),
    outcome: 'taken-back',
    differs: { 'README.md': 'by the user' },
  },
  'an edit of a file that was replaced, when all else can be finished': {
    at: 'keep packsmith.lock',
    edit: (root) => writeFileSync(join(root, 'README.md'), 'by the user'),
    outcome: 'finished',
    differs: { 'README.md': 'by the user' },
  },
  'an edit of a file that was replaced, and one that was not': {
    at: 'keep packsmith.lock',
    edit: (root) => {
      writeFileSync(join(root, 'README.md'), 'by the user');
      writeFileSync(join(root, 'packsmith.lock'), 'by the user too');
    },
    outcome: 'taken-back',
    differs: { 'README.md': 'by the user', 'packsmith.lock': 'by the user too' },
    kept: { 'README.md': 'old readme' },
  },
  'a new file where one was removed, and an edit': {
    at: 'keep packsmith.lock',
    edit: (root) => {
      putFile(root, 'docs/only.md', 'by the user');
      rmSync(join(root, 'packsmith.lock'));
    },
    outcome: 'taken-back',
    differs: { 'docs/only.md': 'by the user', 'packsmith.lock': undefined },
    kept: { 'docs/only.md': 'the only file of its directory' },
  },
  'an edit and a new file in a directory that was made': {
    at: 'keep packsmith.lock',
    edit: (root) => {
      writeFileSync(join(root, 'fresh/a.ts'), 'by the user');
      putFile(root, 'fresh/deep/mine.ts', 'mine');
      writeFileSync(join(root, 'packsmith.lock'), 'by the user too');
    },
    outcome: 'taken-back',
    differs: { 'fresh/a.ts': 'by the user', 'fresh/deep/mine.ts': 'mine', 'packsmith.lock': 'by the user too' },
  },
  'a directory where a link leads out by now': {
    at: 'keep packsmith.lock',
    edit: (root) => {
      renameSync(join(root, 'bin'), join(root, '..', 'outside'));
      symlinkSync('../outside', join(root, 'bin'));
      writeFileSync(join(root, 'packsmith.lock'), 'by the user');
    },
    outcome: 'taken-back',
    differs: { bin: '->', 'bin/run': undefined, 'packsmith.lock': 'by the user' },
    kept: { 'bin~run': 'old script' },
  },
  'staged bytes that were lost with the power': {
    at: 'keep README.md',
    edit: (root) => {
      const staged = join(findTransaction(root), 'staged');
      for (const name of readdirSync(staged)) if (!name.startsWith('d')) writeFileSync(join(staged, name), '');
    },
    outcome: 'taken-back',
    differs: {},
  },
  'a link among the staged files': {
    at: 'keep README.md',
    edit: (root) => {
      const directory = join(findTransaction(root), 'staged', 'd0');
      symlinkSync('/etc/passwd', join(directory, 'link'));
    },
    outcome: 'taken-back',
    differs: {},
  },
};

describe('recovery after the user changed', () => {
  it.each(Object.entries(cases))('%s', async (_title, { at, edit, outcome, differs, kept = {} }) => {
    const root = await makeInterrupted(at);
    edit(root);
    const recovery = await new NodeProjectDir(root).recover();
    expect(recovery?.outcome).toBe(outcome);
    const beside = Object.fromEntries(Object.entries(kept).map(([path, text]) => [`${path}.packsmith-${recovery?.id}`, text]));
    expect([...(recovery?.kept ?? [])].sort()).toEqual(Object.keys(beside).sort());
    const expected: Record<string, string | undefined> = { ...(outcome === 'finished' ? newTree : oldTree), ...differs, ...beside };
    expect(readTree(root)).toEqual(Object.fromEntries(Object.entries(expected).filter(([, text]) => text !== undefined)));
    expect(readdirSync(join(root, '.packsmith/local/transactions'))).toEqual([]);
  });
});

describe("a journal that came with somebody's archive", () => {
  async function failure(attempt: Promise<unknown>): Promise<PacksmithError> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PacksmithError);
    return error as PacksmithError;
  }

  type Spoil = (journal: { changes: { path: string }[]; directories: string[]; emptied: string[]; id: string; format: number }) => unknown;
  const spoiled: Record<string, Spoil> = {
    'is not JSON': () => undefined,
    'is of another format': (journal) => ({ ...journal, format: 2 }),
    'is of another transaction': (journal) => ({ ...journal, id: '20200101T000000000Z-000000' }),
    'changes what is outside': (journal) => ({
      ...journal,
      changes: journal.changes.map((change) => ({ ...change, path: `../${change.path}` })),
    }),
    'changes an absolute path': (journal) => ({
      ...journal,
      changes: journal.changes.map((change) => ({ ...change, path: '/etc/passwd' })),
    }),
    'changes the repository of git': (journal) => ({
      ...journal,
      changes: journal.changes.map((change) => ({ ...change, path: '.git/config' })),
    }),
    'makes a directory outside': (journal) => ({ ...journal, directories: ['../x'] }),
    'makes one directory in another': (journal) => ({ ...journal, directories: ['x', 'x/y'] }),
    'empties a directory outside': (journal) => ({ ...journal, emptied: ['..'] }),
    'has a digest that is none': (journal) => ({
      ...journal,
      changes: journal.changes.map((change) => ({ ...change, after: { digest: 'x', mode: 1 } })),
    }),
    'has a mode with setuid': (journal) => ({
      ...journal,
      changes: journal.changes.map((change) => ({ ...change, after: { digest: 'a'.repeat(64), mode: 0o4755 } })),
    }),
    'changes a path twice': (journal) => ({ ...journal, changes: [...journal.changes, ...journal.changes] }),
    'changes nothing': (journal) => ({ ...journal, changes: [] }),
  };

  it.each(Object.entries(spoiled))('and %s is refused, and nothing is touched', async (_title, spoil) => {
    const root = await makeInterrupted('keep README.md');
    const file = join(findTransaction(root), 'journal.json');
    const journal = spoil(JSON.parse(readFileSync(file, 'utf8')) as Parameters<Spoil>[0]);
    writeFileSync(file, journal === undefined ? '{' : JSON.stringify(journal));
    const before = readTree(root);
    const parent = readdirSync(join(root, '..'));
    expect((await failure(new NodeProjectDir(root).recover())).code).toBe('JOURNAL_INVALID');
    expect((await failure(new NodeProjectDir(root).apply(mixedPlan))).code).toBe('JOURNAL_INVALID');
    expect(readTree(root)).toEqual(before);
    expect(readdirSync(join(root, '..'))).toEqual(parent);
    expect(existsSync(file)).toBe(true);
  });

  it.each(['staged', 'replaced'])('and a link at %s is refused', async (name) => {
    const root = await makeInterrupted('keep README.md');
    const [place, outside] = [join(findTransaction(root), name), join(root, '..', 'outside')];
    if (existsSync(place)) cpSync(place, outside, { recursive: true });
    else mkdirSync(outside);
    rmSync(place, { recursive: true, force: true });
    symlinkSync(outside, place);
    expect((await failure(new NodeProjectDir(root).recover())).code).toBe('PATH_BLOCKED');
  });

  it('that is itself a link is refused', async () => {
    const root = await makeInterrupted('keep README.md');
    const file = join(findTransaction(root), 'journal.json');
    renameSync(file, join(root, '..', 'journal.json'));
    symlinkSync('../../../../../journal.json', file);
    expect((await failure(new NodeProjectDir(root).recover())).code).toBe('JOURNAL_INVALID');
  });

  it('in the undo log is left out of the list', async () => {
    const root = await makeInterrupted('keep README.md');
    await new NodeProjectDir(root).recover();
    const [id] = readdirSync(join(root, '.packsmith/local/undo'));
    writeFileSync(join(root, '.packsmith/local/undo', id!, 'journal.json'), '[]');
    expect(await new NodeProjectDir(root).listTransactions()).toEqual([]);
  });
});
