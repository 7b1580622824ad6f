import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DigestName, digestOf } from './digests.ts';

/** Lengths around the ends of blocks, where padding goes wrong. */
const LENGTHS = [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 113, 119, 127, 128, 129, 1000];

describe('digestOf', () => {
  it.each(['md5', 'sha1', 'sha384', 'sha512'] satisfies DigestName[])('gives the %s that Node gives', (name) => {
    for (const length of LENGTHS) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 0xff);
      expect(digestOf(name, bytes), `${length} bytes`).toBe(createHash(name).update(bytes).digest('hex'));
    }
  });
});
