import { describe, expect, it } from 'vitest';
import type { LockFacts, MachinePort } from '../../ports/machine.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { checkLocks, checkProjectState } from './check-state.ts';

const lock = (state: LockFacts['state']): LockFacts => ({ what: 'the project', path: '/p/lock', owner: 'process 7', state }) as LockFacts;
const machineWith = (more: Partial<MachinePort>) => more as MachinePort;

describe('locks', () => {
  it.each<[LockFacts['state'] | undefined, string, string]>([
    [undefined, 'ok', 'nothing is locked'],
    ['alive', 'ok', 'the project is in use by process 7'],
    ['unknown', 'warning', 'the project is locked by process 7, which cannot be asked'],
    ['dead' as LockFacts['state'], 'warning', 'the project is locked by process 7, which is gone'],
  ])('whose owner is %s', async (state, status, message) => {
    const freed: string[] = [];
    const machine = machineWith({
      findLocks: () => (state === undefined ? [] : [lock(state)]),
      freeLock: async (path) => void freed.push(path),
    });
    const [finding] = checkLocks(machine, '/p');
    expect([finding?.status, finding?.message]).toEqual([status, message]);
    expect(await finding?.mend?.()).toBe(state === ('dead' as string) ? 'freed the project' : undefined);
    expect(freed).toEqual(state === ('dead' as string) ? ['/p/lock'] : []);
  });
});

describe('a change of the project that was interrupted', () => {
  it.each([
    [{ operation: 'update', outcome: 'finished', kept: [] }, 'update was finished'],
    [{ operation: 'update', outcome: 'undone', kept: [] }, 'update was taken back'],
    [undefined, 'removed what was left of it'],
  ])('is mended as recovery says: %j', async (recovery, said) => {
    const project = new MemoryProjectDir();
    project.recover = (async () => recovery) as unknown as typeof project.recover;
    const [finding, ...others] = await checkProjectState(machineWith({ findUnfinished: () => ['t1'] }), { project });
    expect([finding?.message, others]).toEqual(['a change of the project (t1) was interrupted, or is under way', []]);
    expect(await finding?.mend?.()).toBe(said);
  });

  it('may wait for conflicts to be settled', async () => {
    const project = new MemoryProjectDir({ '.packsmith/pending.json': '{}' });
    const machine = machineWith({ findUnfinished: () => [] });
    expect(await checkProjectState(machine, { project })).toMatchObject([
      { status: 'warning', message: 'an update left conflicts to settle' },
    ]);
    expect(await checkProjectState(machine, { project: new MemoryProjectDir() })).toEqual([]);
  });
});
