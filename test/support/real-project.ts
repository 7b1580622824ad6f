import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll } from 'vitest';

/** Makes temporary directories, with a space and a letter outside ASCII in their path, that go when the tests of the file are done. */
export function makeTemporaryDirectories(): () => string {
  const made: string[] = [];
  afterAll(() => {
    for (const directory of made) rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    const directory = mkdtempSync(join(tmpdir(), 'packsmith tést '));
    made.push(directory);
    chmodSync(directory, 0o755);
    return directory;
  };
}

export function putFile(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  chmodSync(full, mode);
}

export function putLink(root: string, path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

/** The text of every file outside `.packsmith/local`, by path; an executable one's begins with `*`, a link's with `->`. */
export function readTree(root: string): Record<string, string> {
  if (lstatSync(root, { throwIfNoEntry: false }) === undefined) return {};
  const entries = readdirSync(root, { withFileTypes: true, recursive: true })
    .map((entry) => ({ entry, path: relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/') }))
    .filter(({ entry, path }) => !entry.isDirectory() && !path.startsWith('.packsmith/local/'));
  return Object.fromEntries(entries.map(({ path }) => [path, readEntry(join(root, path))] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readEntry(full: string): string {
  const stats = lstatSync(full);
  if (stats.isSymbolicLink()) return '->';
  return `${(stats.mode & 0o100) === 0 ? '' : '*'}${readFileSync(full, 'utf8')}`;
}
