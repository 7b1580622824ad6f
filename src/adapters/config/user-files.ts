import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { isErrno, toDiskError } from '../files/errno.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';

/**
 * Reads a text file that the user named, or `undefined` when there is none.
 * @throws PacksmithError `FILE_UNREADABLE` when it is no plain file or not valid UTF-8; `PERMISSION_DENIED`, `DISK_FAILED`.
 */
export function readUserFile(path: string): string | undefined {
  const bytes = readBytes(path);
  const text = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (bytes !== undefined && text === undefined) throw new PacksmithError('FILE_UNREADABLE', `${path} is not valid UTF-8`);
  return text;
}

/**
 * Replaces a text file of the user's, such as the configuration; its directory is made where it is missing.
 * @throws PacksmithError `PERMISSION_DENIED`, `DISK_FULL`, `DISK_FAILED`.
 */
export function writeUserFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // It may hold the addresses of proxies with credentials, so that only its owner may read it.
    writeFileAtomic(path, text, { mode: 0o600 });
  } catch (error) {
    throw toDiskError(error, `write ${path}`);
  }
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (isErrno(error, 'EISDIR')) throw new PacksmithError('FILE_UNREADABLE', `${path} is a directory`);
    throw toDiskError(error, `read ${path}`);
  }
}
