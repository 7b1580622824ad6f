import { describe, expect, it } from 'vitest';
import type { DirectoryFacts, MachinePort } from '../../ports/machine.ts';
import { checkMachine } from './check-machine.ts';

const GOOD: DirectoryFacts = { exists: true, isWritable: true, isForeign: false, isOpen: false, free: 1e12 };
const NOW = Date.UTC(2026, 0, 2);

/** A machine on which all is well but what is said. */
function machine(more: Partial<MachinePort>, facts: Partial<DirectoryFacts> = {}): MachinePort {
  return {
    node: '22.0.0',
    env: { LANG: 'en_GB.UTF-8' },
    directories: [{ name: 'cache', path: '/c' }],
    inspectDirectory: () => ({ ...GOOD, ...facts }),
    closeDirectory: () => undefined,
    findOpenKeys: () => [],
    closeKey: () => undefined,
    versionOf: () => 'git version 2.39.5',
    readClocks: () => ({ process: NOW, files: NOW }),
    findLocks: () => [],
    freeLock: async () => undefined,
    findUnfinished: () => [],
    ...more,
  };
}

const wrong = (found: MachinePort) =>
  checkMachine(found).flatMap(({ id, status, message }) => (status === 'ok' ? [] : [`${status} ${id}: ${message}`]));

describe('a machine', () => {
  it('on which all is well has nothing to mend', () => {
    expect(wrong(machine({}))).toEqual([]);
    expect(checkMachine(machine({}, { exists: false })).find(({ id }) => id === 'directory:cache')?.message).toBe(
      'cache: /c (made when it is needed)',
    );
  });

  it.each<[string, MachinePort, string]>([
    ['an old Node.js', machine({ node: '20.18.3' }), 'error node: Node.js 20.18.3 is too old'],
    ['no git', machine({ versionOf: () => undefined }), 'warning git: git cannot be run: packs cannot be read from git repositories'],
    ['an old git', machine({ versionOf: () => 'git version 2.17' }), 'warning git: git 2.17 is old'],
    [
      'a directory that is read-only',
      machine({}, { isWritable: false }),
      'error directory:cache: the directory of the cache, /c, cannot be written to',
    ],
    [
      'a directory that cannot be made',
      machine({}, { exists: false, isWritable: false }),
      'error directory:cache: the directory of the cache, /c, cannot be made',
    ],
    [
      "somebody else's directory",
      machine({}, { isForeign: true }),
      'warning directory:cache: the directory of the cache, /c, belongs to somebody else',
    ],
    ['a directory for all', machine({}, { isOpen: true }), 'warning directory:cache: others on this machine can change the cache in /c'],
    ['a full disk', machine({}, { free: 5_400_000 }), 'warning directory:cache: only 5 MB are free for the cache in /c'],
    ['an open key', machine({ findOpenKeys: () => ['/k'] }), 'error keys: others on this machine can read the private key /k'],
    [
      'a clock that was reset',
      machine({ readClocks: () => ({ process: 0, files: 0 }) }),
      'error clock: the clock says 1970-01-01T00:00:00.000Z',
    ],
    [
      'two clocks',
      machine({ readClocks: () => ({ process: NOW, files: NOW - 60_000 }) }),
      'warning clock: the clock and that of the file system are 60 s apart',
    ],
    ['an old locale', machine({ env: { LANG: 'de_DE.ISO-8859-1' } }), 'warning locale: the locale de_DE.ISO-8859-1 is not UTF-8'],
    [
      'unchecked connections',
      machine({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }),
      'error tls: NODE_TLS_REJECT_UNAUTHORIZED=0: nobody checks whom you talk to',
    ],
  ])('with %s', (_, found, expected) => {
    expect(wrong(found)).toEqual([expect.stringContaining(expected)]);
    expect(checkMachine(found).filter(({ status, cure }) => status !== 'ok' && cure === undefined)).toEqual([]);
  });

  it('takes no locale, and that of POSIX, as they are', () => {
    expect([wrong(machine({ env: {} })), wrong(machine({ env: { LC_ALL: 'C' } }))]).toEqual([[], []]);
  });
});
