import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt } from '../files/look-at.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';

/** Takes a file away for a while. The function that is given back puts it back, unless its directory is gone, or another stands there. */
export function setAside(root: string, path: string): () => void {
  const file = join(root, path);
  if (lookAt(file)?.isFile() !== true) return () => {};
  const content = readFileSync(file);
  unlinkSync(file);
  return () => {
    if (existsSync(dirname(file)) && lookAt(file) === undefined) writeFileAtomic(file, content);
  };
}
