import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Every page of the documentation, as paths below the root. */
export function listPages(): string[] {
  const roots = readdirSync(REPOSITORY).filter((name) => name.endsWith('.md'));
  const docs = readdirSync(join(REPOSITORY, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)));
  const packs = readdirSync(join(REPOSITORY, 'packs')).map((pack) => `packs/${pack}/README.md`);
  return [...roots, ...docs, ...packs]
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => existsSync(join(REPOSITORY, path)))
    .sort();
}
