import { spawn } from 'node:child_process';
import { close, fsync, open } from 'node:fs';
import { isErrno } from './errno.ts';

/** From this many on, one flush of the whole file system is cheaper than one per file; measured in docs/adr/0003-transactions.md. */
const MANY = 32;
const PARALLEL = 16;

/**
 * Returns when these files and directories would survive a loss of power.
 *
 * @param within a directory on the file system that holds them all; many at once are flushed through it.
 */
export async function makeDurable(paths: readonly string[], within: string): Promise<void> {
  if (paths.length >= MANY && (await flushFileSystem(within))) return;
  const remaining = paths.values();
  await Promise.all(Array.from({ length: Math.min(PARALLEL, paths.length) }, () => flushAll(remaining)));
}

async function flushAll(remaining: IterableIterator<string>): Promise<void> {
  // One iterator is shared: each of the parallel runs takes the next path when it is free.
  for (const path of remaining) await flush(path);
}

async function flush(path: string): Promise<void> {
  try {
    const descriptor = await settle<number>((done) => open(path, 'r', done));
    try {
      await settle((done) => fsync(descriptor, done));
    } finally {
      await settle((done) => close(descriptor, done));
    }
  } catch (error) {
    // Directories cannot be flushed on Windows and on some network file systems; a file without read permission is no longer ours to flush.
    if (!isErrno(error, 'EPERM', 'EISDIR', 'EINVAL', 'EACCES', 'ENOTSUP', 'EBADF')) throw error;
  }
}

/** A call with a callback as a promise: the promises of `node:fs` take longer to load than twelve files to flush. */
function settle<Result = void>(call: (done: (error: Error | null, result?: Result) => void) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result as Result)));
  });
}

/** Flushes the file system that a directory is on, by the sync(1) of Linux; that of other systems returns before it is done, or is not there. */
function flushFileSystem(directory: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn('sync', ['-f', directory], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
