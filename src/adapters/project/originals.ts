import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { type Digest, isDigest } from '../../core/tree/digest.ts';
import { lookAt } from '../files/look-at.ts';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { readPlainFile } from './disk-view.ts';

/** More than anybody generates with other secrets; the oldest go. */
const MAX_ORIGINALS = 10_000;
const MAX_BYTES = 4 << 20;

/**
 * Notes what files that hold secrets are generated as. Each entry says what masking gives of certain bytes, which is true for ever: so nothing
 * has to be taken back when the change is, and the loss of all of them costs no more than that these files count as edited.
 */
export function rememberOriginals(file: string, originals: GenerationPlan['originals']): void {
  const known = recallOriginals(file);
  const fresh = Object.entries(originals ?? {}).filter(([digest, masked]) => known.get(digest as Digest) !== masked);
  if (fresh.length === 0) return;
  const all = [...known, ...fresh].slice(-MAX_ORIGINALS);
  writeFileAtomic(file, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`, { mode: 0o600 });
}

/** What was noted. A file that is damaged, or not plain, says nothing. */
export function recallOriginals(file: string): Map<Digest, Digest> {
  const stats = lookAt(file);
  const bytes = stats?.isFile() === true && stats.size <= MAX_BYTES ? readPlainFile(file) : undefined;
  const value = bytes === undefined ? undefined : parse(Buffer.from(bytes).toString('utf8'));
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([digest, masked]) => (isDigest(digest) && isDigest(masked) ? [[digest, masked] as const] : [])),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
