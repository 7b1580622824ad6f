import { existsSync, mkdirSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
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

/**
 * As `makeDirectory`, below another one that is there. Nothing is made where a link leads out of that, or something else stands in the place.
 */
export function makeDirectoryBelow(root: string, path: string): () => void {
  let existing = join(root, path);
  while (!existsSync(existing)) existing = dirname(existing);
  const [outer, inner] = [realpathSync(root), realpathSync(existing)];
  if (inner !== outer && !inner.startsWith(outer + sep)) return () => {};
  try {
    return makeDirectory(join(root, path));
  } catch {
    // What stands there is the user's, and a hook may deal with it.
    return () => {};
  }
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
