import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PackReference } from '../../../core/pack/pack-reference.ts';

export interface ArchivePlace {
  readonly archive: string;
  /** The one in the archive that is meant. */
  readonly directory: string | undefined;
}

/**
 * Where on the path of an archive the archive is, and what of it is meant: the first name with the ending of one that is no directory. `undefined`
 * where all of these are directories, whatever they are called.
 */
export function locateArchive(reference: PackReference, workingDirectory: string): ArchivePlace | undefined {
  if (reference.kind !== 'archive') return undefined;
  const { path } = reference;
  for (const { 0: ending, index } of path.matchAll(/\.(?:tgz|tar\.gz|tar|zip)(?=[\\/]|$)/gi)) {
    const archive = path.slice(0, index + ending.length);
    const directory = path.slice(archive.length).replace(/^[\\/]+|[\\/]+$/g, '');
    if (isDirectory(resolve(workingDirectory, archive))) continue;
    return { archive, directory: directory === '' ? undefined : directory.replaceAll('\\', '/') };
  }
  return undefined;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What cannot be looked at is told of where it is read.
    return false;
  }
}
