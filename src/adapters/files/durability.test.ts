import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDurable } from './durability.ts';

async function check(count: number, within: (directory: string) => string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'packsmith-durability-'));
  try {
    const paths = Array.from({ length: count }, (_, index) => join(directory, String(index)));
    for (const path of paths) writeFileSync(path, path);
    await makeDurable([directory, ...paths], within(directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

it.each([0, 1, 12, 200])('flushes %i files and their directory', (count) => check(count, (directory) => directory));

it('flushes one by one where the file system cannot be flushed at once', () => check(200, (directory) => join(directory, 'not there')));

it('fails for a file that is not there', async () => {
  await expect(makeDurable([join(tmpdir(), 'packsmith-not-there')], tmpdir())).rejects.toMatchObject({ code: 'ENOENT' });
});
