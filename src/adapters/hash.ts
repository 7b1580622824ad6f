import { hash } from 'node:crypto';
import type { Digest, Hash } from '../core/tree/digest.ts';

/** SHA-256 of bytes or of text as UTF-8, by the host's library. */
export const sha256: Hash = (content) => hash('sha256', content, 'hex') as Digest;
