import type { Digest } from '../tree/digest.ts';
import { type FileMode, isExecutable } from '../tree/file-tree.ts';

/** Bytes and executability as one text, so that either change counts as a change; `undefined` where there is no file. */
export function fileIdentity(digest: Digest | undefined, mode: FileMode | undefined): string | undefined {
  if (digest === undefined) return undefined;
  return mode !== undefined && isExecutable(mode) ? `${digest} x` : digest;
}
