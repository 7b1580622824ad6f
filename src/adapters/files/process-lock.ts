import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorCode } from '../../core/diagnostics/error-codes.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isErrno } from './errno.ts';
import { lookAt } from './look-at.ts';
import { findLiveness, identifyThisProcess, type ProcessIdentity } from './process-identity.ts';
import { throwIfAborted } from './time-slice.ts';

/**
 * A lock between processes: a file that names its owner. A dead owner's lock is taken over; a living owner's is waited for, then named.
 *
 * Taking over must not remove the lock of a process that took over a moment earlier. So whoever removes the lock of a dead owner first
 * creates, exclusively, a guard file whose name holds the nonce of exactly that lock, and then looks again: while the guard stands nobody
 * else removes that lock, and the dead cannot. The guard is such a file itself, and is freed in the same way should its owner die.
 */
export class ProcessLock {
  readonly #path: string;
  readonly #settings: LockSettings;

  /** @param path the lock file; guards and temporary files stand beside it. */
  constructor(path: string, settings: LockSettings) {
    this.#path = path;
    this.#settings = settings;
  }

  /**
   * Takes the lock, waiting for a living owner.
   *
   * @throws PacksmithError the `lockedCode` of the settings when the owner is still alive after the wait, or cannot be asked.
   */
  async acquire(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<HeldLock> {
    const owner: LockOwner = {
      ...identifyThisProcess(),
      command: this.#settings.command,
      since: new Date().toISOString(),
      nonce: randomBytes(8).toString('hex'),
    };
    const deadline = performance.now() + this.#settings.waitMilliseconds;
    for (;;) {
      throwIfAborted(options.signal);
      this.#settings.prepare?.();
      if (createExclusively(this.#path, owner)) return { release: () => release(this.#path, owner) };
      const holder = removeWhenDead(this.#path, owner);
      if (holder === 'free') {
        // Nobody but `prepare` would make the directory if it is not there, so without it there is nothing to wait for.
        if (this.#settings.prepare === undefined) statSync(dirname(this.#path));
        continue;
      }
      if (performance.now() >= deadline) throw this.#describe(holder);
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }

  #describe(holder: LockOwner | 'unreadable'): PacksmithError {
    const { lockedCode, what } = this.#settings;
    const hint = `when that process is gone for sure, delete ${this.#path}`;
    if (holder === 'unreadable')
      return new PacksmithError(lockedCode, `${what} is locked by ${this.#path}, which cannot be read`, { hint: `delete ${this.#path}` });
    const message = `${what} is in use by \`${holder.command}\` (process ${holder.pid} on ${holder.hostName}, since ${holder.since})`;
    return new PacksmithError(lockedCode, message, { hint });
  }
}

export interface LockSettings {
  /** What runs, shown to those who wait: such as `packs update`. */
  readonly command: string;
  /** How long a living owner is waited for. */
  readonly waitMilliseconds: number;
  /** What the lock protects, as the subject of a sentence: such as `the project /srv/app`. */
  readonly what: string;
  readonly lockedCode: ErrorCode;
  /** Called before each attempt; makes the lock's directory, which a process that gives up may remove again. */
  readonly prepare?: () => void;
}

export interface HeldLock {
  /** Gives the lock back; harmless when it is no longer held. */
  release(): void;
}

interface LockOwner extends ProcessIdentity {
  readonly command: string;
  readonly since: string;
  readonly nonce: string;
}

const POLL_MILLISECONDS = 25;
/** A lock file without an owner in it was left by a process that died while it wrote it, once it is this old. */
const UNREADABLE_FOR_MILLISECONDS = 5_000;
/** What an owner says of itself is much shorter. */
const MAX_LOCK_BYTES = 65_536;

/** Creates the file with its text in it, in one step; false when it is there already, or its directory was removed just now. */
function createExclusively(path: string, owner: LockOwner): boolean {
  const temporary = `${path}.${owner.nonce}.tmp`;
  const text = `${JSON.stringify(owner)}\n`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST', 'ENOENT')) return false;
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    return createWithoutLink(path, text);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** For file systems without hard links: the file is empty for a moment, which readers bear. */
function createWithoutLink(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST', 'ENOENT')) return false;
    throw error;
  }
}

function release(path: string, owner: LockOwner): void {
  const holder = readOwner(path);
  if (typeof holder === 'object' && holder.nonce === owner.nonce) rmSync(path, { force: true });
}

/** Removes the lock if its owner is dead; else says who holds it. */
function removeWhenDead(path: string, taker: LockOwner): LockOwner | 'free' | 'unreadable' {
  const holder = readOwner(path);
  if (holder === 'free') return 'free';
  if (holder === 'unreadable' ? !isOld(path) : findLiveness(holder) !== 'dead') return holder;
  const guard = `${path}.${holder === 'unreadable' ? 'unreadable' : holder.nonce}`;
  if (!createExclusively(guard, taker)) {
    removeWhenDead(guard, taker);
    return holder;
  }
  try {
    const again = readOwner(path);
    if (isSameOwner(again, holder)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
  return 'free';
}

/** Who holds a lock, without waiting for it or changing it; `undefined` when nobody does. */
export function lookAtLock(path: string): { readonly owner: string; readonly state: 'alive' | 'dead' | 'unknown' } | undefined {
  const holder = readOwner(path);
  if (holder === 'free') return undefined;
  if (holder === 'unreadable') return { owner: 'nobody that could be told', state: isOld(path) ? 'dead' : 'unknown' };
  const { command, pid, hostName, since } = holder;
  return { owner: `\`${command}\` (process ${pid} on ${hostName}, since ${since})`, state: findLiveness(holder) };
}

function isSameOwner(a: LockOwner | 'free' | 'unreadable', b: LockOwner | 'unreadable'): boolean {
  return typeof a === 'object' && typeof b === 'object' ? a.nonce === b.nonce : a === b;
}

/** A lock that somebody planted may be anything: a link to what never ends, a named pipe nobody writes to. */
function readOwner(path: string): LockOwner | 'free' | 'unreadable' {
  try {
    const stats = lookAt(path);
    if (stats === undefined) return 'free';
    if (!stats.isFile() || stats.size > MAX_LOCK_BYTES) return 'unreadable';
    const owner: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isLockOwner(owner) ? owner : 'unreadable';
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return 'free';
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

function isLockOwner(value: unknown): value is LockOwner {
  if (typeof value !== 'object' || value === null) return false;
  const owner = value as Partial<LockOwner>;
  const isTextual = [owner.host, owner.hostName, owner.command, owner.since].every((text) => typeof text === 'string');
  const isNumeric = [owner.pid, owner.started].every((number) => Number.isSafeInteger(number));
  return isTextual && isNumeric && (owner.pid ?? 0) > 0 && /^[0-9a-f]{16}$/.test(owner.nonce ?? '');
}

function isOld(path: string): boolean {
  const stats = lookAt(path);
  return stats !== undefined && !stats.isDirectory() && Date.now() - stats.mtimeMs > UNREADABLE_FOR_MILLISECONDS;
}
