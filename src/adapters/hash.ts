import { hash } from 'node:crypto';
import type { Digest, Hash, OtherDigest } from '../core/tree/digest.ts';

/** The digests that the core asks for, by the host's library. */
export const nativeHash: Hash = (content: Uint8Array | string, algorithm: OtherDigest | 'sha256' = 'sha256') =>
  hash(algorithm, content, 'hex') as Digest;
