import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
  type Stats,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DirectoryFacts, LockFacts, MachinePort } from '../../ports/machine.ts';
import type { UserDirectories } from '../config/user-directories.ts';
import { toDiskError } from '../files/errno.ts';
import { lookAtLock, ProcessLock } from '../files/process-lock.ts';
import { describeLocal } from '../project/layout.ts';
import { hasLocal, hasLocalDirectory } from '../project/local-directory.ts';
import { listUnfinished } from '../project/recover.ts';
import { describeStore } from '../store/store-layout.ts';

export interface NodeMachineSettings {
  readonly directories: UserDirectories;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** This machine. Nothing of it is looked at before it is asked for. */
export function createNodeMachine({ directories, env }: NodeMachineSettings): MachinePort {
  const keys = join(directories.config, 'keys');
  return {
    node: process.versions.node,
    env,
    directories: [
      { name: 'settings', path: directories.config },
      { name: 'keys', path: keys },
      { name: 'installed packs', path: directories.data },
      { name: 'cache', path: directories.cache },
      { name: 'state', path: directories.state },
      { name: 'temporary files', path: tmpdir() },
    ],
    inspectDirectory,
    closeDirectory: (path) => changeMode(path, (mode) => mode & ~0o022),
    findOpenKeys: () => findOpenKeys(keys),
    closeKey: (path) => changeMode(path, () => 0o600),
    versionOf,
    readClocks,
    findLocks: (project) => findLocks(directories, project),
    freeLock,
    findUnfinished: (project) => (hasLocal(describeLocal(project)) ? listUnfinished(describeLocal(project)) : []),
  };
}

const IS_POSIX = process.platform !== 'win32';

function inspectDirectory(path: string): DirectoryFacts {
  const stats = statSync(path, { throwIfNoEntry: false });
  const nearest = stats === undefined ? nearestExisting(path) : path;
  const isOwn = stats === undefined || !IS_POSIX || stats.uid === process.getuid?.();
  return {
    exists: stats?.isDirectory() === true,
    isWritable: (stats === undefined || stats.isDirectory()) && canWrite(nearest),
    isForeign: !isOwn,
    isOpen: IS_POSIX && stats !== undefined && isOpenTo(stats),
    free: freeBytes(nearest),
  };
}

/** A sticky directory such as /tmp may be written to by all, but everybody's files are their own. */
function isOpenTo({ mode }: Stats): boolean {
  return (mode & 0o022) !== 0 && (mode & 0o1000) === 0;
}

function nearestExisting(path: string): string {
  const parent = dirname(path);
  return parent === path || statSync(parent, { throwIfNoEntry: false }) !== undefined ? parent : nearestExisting(parent);
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // Whatever the reason: it cannot be written to.
  }
}

function freeBytes(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return undefined; // Some file systems do not tell.
  }
}

function changeMode(path: string, change: (mode: number) => number): void {
  try {
    chmodSync(path, change(statSync(path).mode & 0o7777));
  } catch (error) {
    throw toDiskError(error, `change the permissions of ${path}`);
  }
}

/** Everything there but public keys is private. */
function findOpenKeys(directory: string): string[] {
  if (!IS_POSIX || statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.pub'));
  return files.map(({ name }) => join(directory, name)).filter((path) => (statSync(path).mode & 0o077) !== 0);
}

function versionOf(program: string): string | undefined {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 5_000, windowsHide: true });
  return status === 0 ? stdout.trim() : undefined;
}

function readClocks(): { readonly process: number; readonly files: number | undefined } {
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), 'packsmith-doctor-'));
    const file = join(directory, 'clock');
    writeFileSync(file, '');
    return { process: Date.now(), files: statSync(file).mtimeMs };
  } catch {
    return { process: Date.now(), files: undefined }; // That nothing can be written there is another check's finding.
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}

function findLocks(directories: UserDirectories, project: string): LockFacts[] {
  const local = describeLocal(project);
  const places = [
    { what: 'the store of installed packs', path: describeStore(directories).processLock },
    ...(hasLocalDirectory(local.directory) ? [{ what: `the project ${project}`, path: local.lock }] : []),
  ];
  return places.flatMap(({ what, path }) => {
    const found = lookAtLock(path);
    return found === undefined ? [] : [{ what, path, ...found }];
  });
}

async function freeLock(path: string): Promise<void> {
  const lock = new ProcessLock(path, { command: 'packs doctor', waitMilliseconds: 500, what: path, lockedCode: 'STORE_LOCKED' });
  (await lock.acquire()).release();
}
