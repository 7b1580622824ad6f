import { createHash, timingSafeEqual } from 'node:crypto';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** The Subresource Integrity of some bytes: `sha512-` and base64. */
export function computeIntegrity(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/**
 * The SHA-512 among the hashes of a Subresource Integrity text, without its options; `undefined` where there is none. Weaker hashes count for
 * nothing: whoever can forge one of them would otherwise choose which is looked at.
 */
export function findStrongIntegrity(text: string): string | undefined {
  const hashes = text.trim().split(/\s+/);
  return hashes.map((hash) => hash.split('?', 1)[0] ?? '').find((hash) => SHA512.test(hash));
}

/**
 * Checks bytes against an integrity.
 *
 * @param what the bytes are, for the message; credentials in it are masked.
 * @throws PacksmithError `INTEGRITY_MISMATCH`, also for an integrity without a SHA-512.
 */
export function checkIntegrity(bytes: Uint8Array, stated: string, what: string): void {
  const expected = findStrongIntegrity(stated);
  const shown = redactUrl(what);
  if (expected === undefined) {
    throw new PacksmithError('INTEGRITY_MISMATCH', `the integrity of ${shown} is stated without a sha512, so it proves nothing`);
  }
  const found = computeIntegrity(bytes);
  if (timingSafeEqual(Buffer.from(found), Buffer.from(expected))) return;
  throw new PacksmithError('INTEGRITY_MISMATCH', `${shown} is not what it should be: expected ${expected}, got ${found}`);
}
