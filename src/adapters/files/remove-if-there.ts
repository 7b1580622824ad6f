import { rmSync } from 'node:fs';

/** Takes away a file of a cache that is of no use. */
export function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove either.
  }
}
