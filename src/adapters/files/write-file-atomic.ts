import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

export interface AtomicOptions {
  readonly mode?: number;
}

/**
 * Replaces a file so that whoever reads it, now or after a crash, finds either the old bytes or the new. The directory must exist.
 * Not for files of a project, which are changed by transactions; for packsmith's own, such as a cache or a configuration.
 */
export function writeFileAtomic(path: string, content: Uint8Array | string, options: AtomicOptions = {}): void {
  replaceBy(path, (temporary) => writeNewFileDurably(temporary, content, options));
}

/** As `writeFileAtomic`, without waiting for the disk: for caches, whose readers notice when bytes are not what was written. */
export function writeCacheFile(path: string, content: Uint8Array | string, { mode = 0o666 }: AtomicOptions = {}): void {
  replaceBy(path, (temporary) => writeFileSync(temporary, content, { flag: 'wx', mode }));
}

function replaceBy(path: string, write: (temporary: string) => void): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    write(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a file that must not exist, and returns when its bytes would survive a loss of power. */
export function writeNewFileDurably(path: string, content: Uint8Array | string, options: AtomicOptions = {}): void {
  const descriptor = openSync(path, 'wx', options.mode ?? 0o666);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
