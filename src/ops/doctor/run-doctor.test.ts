import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { MachinePort } from '../../ports/machine.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { type DoctorPorts, runDoctor } from './run-doctor.ts';

const machine: MachinePort = {
  node: '22.0.0',
  env: { LANG: 'en_GB.UTF-8' },
  directories: [{ name: 'cache', path: '/c' }],
  inspectDirectory: () => ({ exists: true, isWritable: true, isForeign: false, isOpen: true, free: 1e12 }),
  closeDirectory: () => undefined,
  findOpenKeys: () => [],
  closeKey: () => undefined,
  versionOf: () => 'git version 2.39.5',
  readClocks: () => ({ process: Date.UTC(2026, 0, 2), files: Date.UTC(2026, 0, 2) }),
  findLocks: () => [],
  freeLock: async () => undefined,
  findUnfinished: () => [],
};

const failing = (error: Error): NonNullable<DoctorPorts['settled']> => ({
  store: { readInstalled: () => Promise.reject(error) } as unknown as NonNullable<DoctorPorts['settled']>['store'],
  places: { sources: [], registries: [] },
  project: new MemoryProjectDir(),
});

const run = (ports: Partial<DoctorPorts> = {}, fix = false, settingsFailure?: PacksmithError) =>
  runDoctor({ fix, offline: true, directory: '/', settingsFailure }, { machine, settled: undefined, ...ports });
const checkOf = async (report: ReturnType<typeof run>, id: string) => (await report).checks.find((check) => check.id === id);

describe('the doctor', () => {
  it('finds settings that cannot be read, with where', async () => {
    expect(await checkOf(run(), 'settings')).toMatchObject({ status: 'ok' });
    const diagnostics = [{ code: 'KEY_UNKNOWN', severity: 'error', message: 'no' }] as const;
    const failure = new PacksmithError('CONFIG_INVALID', 'the settings are invalid', { diagnostics: diagnostics as never });
    expect(await checkOf(run({}, false, failure), 'settings')).toMatchObject({
      status: 'error',
      message: 'the settings are invalid',
      diagnostics,
    });
  });

  it('makes a finding of what cannot even be looked at, and goes on', async () => {
    const report = run({ settled: failing(new PacksmithError('INSTALLED_LOCK_INVALID', 'the list is damaged', { hint: 'restore it' })) });
    expect(await checkOf(report, 'store')).toEqual({ id: 'store', status: 'error', message: 'the list is damaged', cure: 'restore it' });
    expect(await checkOf(report, 'registries')).toMatchObject({ status: 'ok' });
    const silent = run({ settled: failing(new PacksmithError('INSTALLED_LOCK_INVALID', 'damaged')) });
    expect(await checkOf(silent, 'store')).toEqual({ id: 'store', status: 'error', message: 'damaged' });
  });

  it.each([
    ['a bug', new TypeError('a bug')],
    ['an interruption', new PacksmithError('INTERRUPTED', 'interrupted')],
  ])('does not hide %s', async (_, error) => {
    await expect(run({ settled: failing(error) })).rejects.toBe(error);
  });

  it('mends what it can, and says what could not be mended', async () => {
    const open = 'directory:cache';
    expect(await checkOf(run(), open)).toMatchObject({ status: 'warning', isFixable: true });
    const mended = await run({}, true);
    expect(mended.checks.find(({ id }) => id === open)).toMatchObject({ fixed: expect.any(String) });
    expect([(await run()).warnings - mended.warnings, mended.errors]).toEqual([1, 0]);
    const stubborn = (error: Error) =>
      run(
        {
          machine: {
            ...machine,
            closeDirectory: () => {
              throw error;
            },
          },
        },
        true,
      );
    expect(await checkOf(stubborn(new PacksmithError('PERMISSION_DENIED', 'not yours')), open)).toMatchObject({
      cure: 'it could not be mended: not yours',
      isFixable: true,
    });
    await expect(stubborn(new TypeError('a bug'))).rejects.toThrow(TypeError);
  });
});
