import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { toDiskError } from '../files/errno.ts';

/**
 * Makes a directory, and those above it, where it is missing. The function that is given back takes away what was made, as far as it is empty.
 * @throws PacksmithError `PERMISSION_DENIED`, `DISK_FULL`, `DISK_FAILED`.
 */
export function makeDirectory(directory: string): () => void {
  let topmost: string | undefined;
  try {
    topmost = mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw toDiskError(error, `make ${directory}`);
  }
  return () => {
    for (let current = directory; topmost !== undefined && current.length >= topmost.length; current = dirname(current)) {
      if (!removeEmpty(current)) return;
    }
  };
}

function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch {
    // Something was put there: it stays, and so does what is above it.
    return false;
  }
}
