import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NodePackStore } from '../../src/adapters/store/node-pack-store.ts';
import { installPacks } from '../../src/ops/packs/install-packs.ts';
import { resumeTransaction } from '../../src/ops/packs/store-transactions.ts';
import { buildScript, childEnvironment } from '../support/build-script.ts';
import { installedNames, packsOf, worldOf } from '../support/install-world.ts';
import { makeTemporaryDirectories } from '../support/real-project.ts';
import type { ChildAnswer, ChildRequest } from './child.ts';

const makeDirectory = makeTemporaryDirectories();

const WORLD = { 'app 1.0.0': 'lib ^1', 'lib 1.0.0': '', 'lib 1.1.0': '', 'old 1.0.0': 'lib ^1', 'other 1.0.0': '' };
const BEFORE = ['lib 1.0.0', 'old 1.0.0'];
const AFTER = ['app 1.0.0', 'lib 1.1.0', 'old 1.0.0', 'other 1.0.0'];
const REFERENCES = ['app', 'other', 'lib@1.1.0'];

async function runChild(
  request: ChildRequest,
): Promise<{ readonly signal: NodeJS.Signals | null; readonly answer: ChildAnswer | undefined }> {
  const script = await buildScript(new URL('./child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(request)], {
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => resolve({ signal, answer: output === '' ? undefined : (JSON.parse(output) as ChildAnswer) }));
  });
}

function openStore(home: string, lockWaitMilliseconds = 0): NodePackStore {
  const directories = { data: join(home, 'data'), state: join(home, 'state'), cache: join(home, 'cache') };
  return new NodePackStore(directories, { now: () => new Date().toISOString(), lockWaitMilliseconds });
}

async function makeHome(): Promise<string> {
  const home = makeDirectory();
  const world = worldOf(openStore(home), packsOf(WORLD));
  await installPacks({ references: ['lib@1.0.0', 'old'], workingDirectory: '/', offline: false }, world);
  return home;
}

/** The names of all directories of the store. */
function storedContent(home: string): string[] {
  const store = join(home, 'data', 'store');
  return readdirSync(store).flatMap((group) => readdirSync(join(store, group)));
}

async function expectSound(home: string): Promise<void> {
  const store = openStore(home);
  const { lock } = await store.readInstalled();
  for (const { integrity } of lock.packs) expect(await store.check(integrity)).toBe('intact');
}

function replaceFile(file: string): void {
  chmodSync(file, 0o644);
  writeFileSync(file, 'x');
}

function replaceByDirectory(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

const { answer } = await runChild({ home: await makeHome(), world: WORLD, references: REFERENCES });
const allSteps = answer?.steps ?? [];
const commitStep = allSteps.indexOf('replace the lock');

describe('an installation that is killed', () => {
  it('has steps on both sides of its commit', () => {
    expect(answer?.error).toBeUndefined();
    expect(commitStep).toBeGreaterThan(6);
    expect(allSteps.length).toBeGreaterThan(commitStep + 1);
  });

  it.each(allSteps.map((step, index) => [index + 1, step] as const))(
    'by SIGKILL at step %i (%s) is all there or not at all',
    async (number) => {
      const home = await makeHome();
      const contentBefore = storedContent(home);
      const lockFile = join(home, 'data', 'installed', 'installed.lock');
      const lockBefore = readFileSync(lockFile, 'utf8');
      const end = await runChild({ home, world: WORLD, references: REFERENCES, killAtStep: number });
      expect(end.signal).toBe('SIGKILL');
      const isCommitted = number - 1 > commitStep;
      expect(await installedNames(openStore(home))).toEqual(isCommitted ? AFTER : BEFORE);
      await expectSound(home);

      // Any next command settles it: one that installs nothing new suffices.
      await openStore(home).sweep({ store: false, cache: false, dryRun: true });
      if (!isCommitted) {
        expect(readFileSync(lockFile, 'utf8')).toBe(lockBefore);
        expect(storedContent(home)).toEqual(contentBefore);
      }
      const [last] = await openStore(home).listTransactions();
      if (number > 1) expect(last?.state).toBe(isCommitted ? 'done' : 'interrupted');

      const store = openStore(home);
      const world = worldOf(store, packsOf(WORLD));
      if (last?.state === 'interrupted') await resumeTransaction({ id: last.id, offline: false }, world);
      else await installPacks({ references: REFERENCES, workingDirectory: '/', offline: false }, world);
      expect(await installedNames(store)).toEqual(AFTER);
      await expectSound(home);
      expect((await store.listTransactions()).filter(({ state }) => state === 'interrupted' || state === 'running')).toEqual([]);
    },
  );
});

describe('two installations at once', () => {
  it('are both right', async () => {
    const home = makeDirectory();
    const ends = await Promise.all(
      [['app'], ['other'], ['old'], ['lib@1.0.0']].map((references) => runChild({ home, world: WORLD, references })),
    );
    expect(ends.map((end) => end.answer?.error)).toEqual([undefined, undefined, undefined, undefined]);
    const names = await installedNames(openStore(home));
    expect(names.map((name) => name.split(' ')[0])).toEqual(['app', 'lib', 'old', 'other']);
    await expectSound(home);
  });
  it('name the one that is first', async () => {
    const home = await makeHome();
    const first = openStore(home);
    const { digest } = await first.readInstalled();
    const plan = {
      format: 1,
      operation: 'install',
      basis: digest,
      requests: [],
      packs: [],
      removes: [],
      levels: [],
      bytes: 0,
      warnings: [],
    } as const;
    const transaction = await first.begin(plan);
    expect(await openStore(home).listTransactions()).toMatchObject([{ state: 'running' }, { state: 'done' }]);
    await expect(openStore(home).begin(plan)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await transaction.suspend();
    await (await openStore(home).begin(plan)).suspend();
  });
});

describe('the store on disk', () => {
  it('is content-addressed and read-only', async () => {
    const home = await makeHome();
    const store = openStore(home);
    for (const { integrity } of (await store.readInstalled()).lock.packs) {
      const directory = store.locate(integrity);
      expect(directory).toMatch(/[\\/]store[\\/]([0-9a-f]{2})[\\/]\1[0-9a-f]{126}$/);
      expect(statSync(join(directory, 'pack.toml')).mode & 0o777).toBe(0o444);
    }
    expect(
      readFileSync(join(home, 'data', 'installed', 'installed.lock'), 'utf8')
        .split('\n')
        .slice(3, 5),
    ).toEqual([expect.stringMatching(/^ {4}\{"id":"lib",.*\},$/), expect.stringMatching(/^ {4}\{"id":"old",.*\}$/)]);
  });
  it.each([
    ['a changed byte', replaceFile],
    ['a missing file', (file: string) => rmSync(file)],
    ['an added file', (file: string) => writeFileSync(`${file}.extra`, 'x')],
    ['an added execute bit', (file: string) => chmodSync(file, 0o555)],
    ['a directory in place of a file', replaceByDirectory],
  ])('sees %s', async (_name, damage) => {
    const home = await makeHome();
    const store = openStore(home);
    const { integrity } = (await store.readInstalled()).lock.packs[0]!;
    damage(join(store.locate(integrity), 'templates', 'README.md'));
    expect(await store.check(integrity)).toBe('damaged');
    await expect(store.read(integrity)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });
  it('says when the list of installed packs cannot be read, and touches nothing', async () => {
    const home = await makeHome();
    writeFileSync(join(home, 'data', 'installed', 'installed.lock'), '{');
    await expect(openStore(home).readInstalled()).rejects.toMatchObject({ code: 'INSTALLED_LOCK_INVALID' });
    await expect(openStore(home).sweep({ store: true, cache: false, dryRun: false })).rejects.toMatchObject({
      code: 'INSTALLED_LOCK_INVALID',
    });
    expect(storedContent(home)).toHaveLength(2);
  });
  it('says when a journal cannot be read', async () => {
    const home = await makeHome();
    const directory = join(home, 'state', 'transactions', '20300101T000000000Z-000000');
    mkdirSync(directory);
    writeFileSync(join(directory, 'journal.json'), '[]');
    await expect(openStore(home).sweep({ store: false, cache: false, dryRun: true })).rejects.toMatchObject({ code: 'JOURNAL_INVALID' });
    rmSync(join(directory, 'journal.json'));
    await openStore(home).sweep({ store: false, cache: false, dryRun: true });
    expect(existsSync(directory)).toBe(false);
  });
  it('says before anything is fetched that the disk has no room', async () => {
    await expect(openStore(makeDirectory()).preflight(Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});
