import { resolve } from 'node:path';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { type PackReference, parsePackReference } from '../core/pack/pack-reference.ts';
import type { NodePorts } from '../node-ports.ts';

/**
 * Tells whether a word that could be a directory names a pack: an id that the catalogue has, a directory with a manifest,
 * or any other form of reference.
 */
export async function isPackReference(
  word: string,
  workingDirectory: string,
  { repository, files }: Pick<NodePorts, 'repository' | 'files'>,
): Promise<boolean> {
  const reference = parseOrUndefined(word);
  if (reference === undefined) return false;
  if (reference.kind === 'path') return files.read(resolve(workingDirectory, reference.path, 'pack.toml')) !== undefined;
  if (reference.kind !== 'id') return true;
  return (await repository.list()).some((entry) => entry.id === reference.name);
}

function parseOrUndefined(word: string): PackReference | undefined {
  try {
    return parsePackReference(word);
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'REFERENCE_INVALID') return undefined;
    throw error;
  }
}
