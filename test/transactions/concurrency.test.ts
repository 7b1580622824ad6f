import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifyThisProcess } from '../../src/adapters/files/process-identity.ts';
import { ProcessLock } from '../../src/adapters/files/process-lock.ts';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { planOf } from '../support/plan-of.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';
import { runChild, startChild, writePlan } from './run-child.ts';

const makeDirectory = makeTemporaryDirectories();

describe('two commands at once', () => {
  it('that touch different files are both right', async () => {
    const parent = makeDirectory();
    const root = join(parent, 'project');
    const plans = ['left', 'right', 'third'].map((name) => {
      const directory = join(parent, name);
      mkdirSync(directory);
      return writePlan(
        directory,
        planOf(Array.from({ length: 120 }, (_, index) => ({ path: `${name}/f${index}`, after: `${name} ${index}` }))),
      );
    });
    const ends = await Promise.all(plans.map((planFile) => runChild({ root, planFile, lockWaitMilliseconds: 60_000 })));
    expect(ends.map((end) => end.answer?.error)).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(readTree(root)).length).toBe(360);
    expect((await new NodeProjectDir(root).listTransactions()).length).toBe(3);
  });

  it('that change the same file: one does, the other is told', async () => {
    const parent = makeDirectory();
    const root = join(parent, 'project');
    putFile(root, 'a', 'old');
    const plans = ['one', 'two'].map((name) => {
      mkdirSync(join(parent, name));
      return writePlan(join(parent, name), planOf([{ path: 'a', before: 'old', after: name }]));
    });
    const ends = await Promise.all(plans.map((planFile) => runChild({ root, planFile, lockWaitMilliseconds: 60_000 })));
    expect(ends.map((end) => end.answer?.error?.code ?? 'done').sort()).toEqual(['PROJECT_CHANGED', 'done']);
    expect(readTree(root)).toEqual({ a: ends[0]!.answer?.error === undefined ? 'one' : 'two' });
  });

  it('in one process are both right', async () => {
    const root = join(makeDirectory(), 'project');
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => new NodeProjectDir(root).apply(planOf([{ path: name, after: name }]))));
    expect(readTree(root)).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' });
  });

  it('of which one stays: the other names it; and takes over when it is killed', async () => {
    const parent = makeDirectory();
    const root = join(parent, 'project');
    putFile(root, 'a', 'old');
    const planFile = writePlan(parent, planOf([{ path: 'a', before: 'old', after: 'new' }]));
    const staying = await startChild({ root, planFile, stopAt: 'place a', command: 'packs update' });
    await staying.waitFor('ready');
    const other = new NodeProjectDir(root, { lockWaitMilliseconds: 100 });
    const error = (await other.recover().catch((thrown: unknown) => thrown)) as PacksmithError;
    expect([error.code, error.message]).toEqual([
      'PROJECT_LOCKED',
      expect.stringContaining(`\`packs update\` (process ${staying.process.pid} on `),
    ]);
    expect(readTree(root)).toEqual({ a: 'old' });
    staying.process.kill('SIGKILL');
    await staying.end;
    expect((await other.recover())?.outcome).toBe('finished');
    expect(readTree(root)).toEqual({ a: 'new' });
  });

  it.each(['begin', 'stage a'])('where a reader does not wait while nothing is changed yet (%s)', async (stopAt) => {
    const parent = makeDirectory();
    const root = join(parent, 'project');
    const planFile = writePlan(parent, planOf([{ path: 'a', after: 'a' }]));
    const staying = await startChild({ root, planFile, stopAt });
    await staying.waitFor('ready');
    expect(await new NodeProjectDir(root, { lockWaitMilliseconds: 0 }).recover()).toBeUndefined();
    staying.process.kill('SIGKILL');
    await staying.end;
  });
});

describe('the lock', () => {
  function makeLock(waitMilliseconds = 60): { readonly lock: ProcessLock; readonly path: string } {
    const path = join(makeDirectory(), 'lock');
    return { path, lock: new ProcessLock(path, { command: 'test', waitMilliseconds, what: 'the project', lockedCode: 'PROJECT_LOCKED' }) };
  }

  const self = identifyThisProcess();
  const owner = { ...self, command: 'other', since: '2020-01-01T00:00:00.000Z', nonce: '0123456789abcdef' };
  const [name, machine, boot, namespace] = self.host.split(' ');

  it.each<readonly [string, object, 'taken' | 'named']>([
    ['a living owner', {}, 'named'],
    ['a pid that is used again by a later process', { started: self.started - 1_000 }, 'taken'],
    ['a pid that nobody has', { pid: 2 ** 22 + 1 }, 'taken'],
    ['another machine', { host: `elsewhere 1234 5678 ${namespace}`, hostName: 'elsewhere' }, 'named'],
    ['another container of this machine', { host: `${name} ${machine} ${boot} pid:[1]` }, 'named'],
  ])('of %s is %s', async (_title, differs, outcome) => {
    const { lock, path } = makeLock();
    writeFileSync(path, JSON.stringify({ ...owner, ...differs }));
    const attempt = lock.acquire();
    if (outcome === 'taken') (await attempt).release();
    else await expect(attempt).rejects.toThrow('`other`');
    expect(existsSync(path)).toBe(outcome === 'named');
  });

  it.skipIf(machine === '-' || boot === '-')('of this machine before it was started again is taken', async () => {
    const { lock, path } = makeLock();
    writeFileSync(path, JSON.stringify({ ...owner, host: `${name} ${machine} earlier ${namespace}` }));
    (await lock.acquire()).release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('that is only half written is waited for, and taken when it is old', async () => {
    const { lock, path } = makeLock();
    writeFileSync(path, '{"pid":');
    await expect(lock.acquire()).rejects.toThrow(PacksmithError);
    utimesSync(path, new Date(0), new Date(0));
    (await lock.acquire()).release();
  });

  it('is taken over by exactly one of many, also when one died while it took over', async () => {
    const path = join(makeDirectory(), 'lock');
    const dead = { ...owner, pid: 2 ** 22 + 1 };
    writeFileSync(path, JSON.stringify(dead));
    writeFileSync(`${path}.${dead.nonce}`, JSON.stringify({ ...dead, nonce: 'fedcba9876543210' }));
    let holders = 0;
    const settings = { command: 'test', waitMilliseconds: 30_000, what: 'the project', lockedCode: 'PROJECT_LOCKED' as const };
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        const held = await new ProcessLock(path, settings).acquire();
        holders += 1;
        expect(holders).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        holders -= 1;
        held.release();
      }),
    );
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('needs its directory', async () => {
    const path = join(makeDirectory(), 'absent', 'lock');
    const settings = { command: 'test', waitMilliseconds: 30_000, what: 'the project', lockedCode: 'PROJECT_LOCKED' as const };
    await expect(new ProcessLock(path, settings).acquire()).rejects.toMatchObject({ code: 'ENOENT' });
    const prepare = (): void => void mkdirSync(join(path, '..'), { recursive: true });
    (await new ProcessLock(path, { ...settings, prepare }).acquire()).release();
  });

  it('can be given up while waiting', async () => {
    const { lock, path } = makeLock(30_000);
    writeFileSync(path, JSON.stringify(owner));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await expect(lock.acquire({ signal: controller.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(readFileSync(path, 'utf8')).toContain('other');
  });
});
