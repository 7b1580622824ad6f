import { hash } from 'node:crypto';
import type { Digest, Hash, OtherDigest } from '../core/tree/digest.ts';

/** SHA-256 of bytes or of text as UTF-8, by the host's library. */
export const sha256 = (content: Uint8Array | string): Digest => hash('sha256', content, 'hex') as Digest;

/** The same, and whatever else templates of other tools ask for. */
export const nativeHash: Hash = (content: Uint8Array | string, algorithm: OtherDigest | 'sha256' = 'sha256') =>
  hash(algorithm, content, 'hex') as Digest;
