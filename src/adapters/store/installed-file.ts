import { mkdirSync, readFileSync } from 'node:fs';
import { EMPTY_INSTALLED_LOCK, formatInstalledLock, type InstalledLock, parseInstalledLock } from '../../core/install/installed-lock.ts';
import type { InstalledState } from '../../ports/pack-store.ts';
import { makeDurable } from '../files/durability.ts';
import { isErrno } from '../files/errno.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { nativeHash } from '../hash.ts';
import type { StoreLayout } from './store-layout.ts';

/** What is installed, with the digest of the file's bytes; an absent file is an empty list. @throws PacksmithError `INSTALLED_LOCK_INVALID`. */
export function readInstalledFile({ lock }: Pick<StoreLayout, 'lock'>): InstalledState {
  const text = readText(lock);
  return { lock: text === '' ? EMPTY_INSTALLED_LOCK : parseInstalledLock(text), digest: nativeHash(text) };
}

/** Replaces the lock in one step, durably. */
export async function writeInstalledFile(
  { lock, installed }: Pick<StoreLayout, 'lock' | 'installed'>,
  value: InstalledLock,
): Promise<void> {
  mkdirSync(installed, { recursive: true });
  writeFileAtomic(lock, formatInstalledLock(value));
  await makeDurable([installed], installed);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return '';
    throw error;
  }
}
