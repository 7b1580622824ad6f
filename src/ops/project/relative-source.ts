import { isAbsolute, relative, resolve } from 'node:path';
import type { LockedPack } from '../../core/lockfile/lockfile.ts';
import type { Pack } from '../../core/pack/pack.ts';

/**
 * A pack of the `packs/` of the directory that a project was made from, or of one that it was found in so: by its id the project does not find it
 * itself, so that the lockfile records its path. `undefined` for all others.
 */
export function sourceElsewhere({ provenance: { kind, location } }: Pick<Pack, 'provenance'>, root: string): string | undefined {
  if (!FOLDERS.includes(kind) || !isAbsolute(location)) return undefined;
  const source = relativeSource(location, root);
  return source.startsWith('./packs/') ? undefined : source;
}

const FOLDERS: readonly string[] = ['project', 'local'];

/** The directories that a lockfile has packs from, by id. */
export function recordedFolders(recorded: readonly LockedPack[], root: string): ReadonlyMap<string, string> {
  return new Map(recorded.flatMap(({ id, source }) => (source.startsWith('.') ? [[id, resolve(root, source)] as const] : [])));
}

/** A path by which the project finds the pack again, wherever the project is. */
export function relativeSource(path: string, root: string): string {
  const source = relative(root, path).replaceAll('\\', '/');
  return isAbsolute(source) || source.startsWith('.') ? source : `./${source}`;
}
