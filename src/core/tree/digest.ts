declare const brand: unique symbol;

/** The SHA-256 of some bytes, as 64 lower-case hexadecimal digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** Digests that only formats of other tools ask for; nothing here that has to be safe is told apart by them. */
export type OtherDigest = 'md5' | 'sha1' | 'sha384' | 'sha512';

/** Computes a SHA-256, or the digest that is named, in hexadecimal; the core is given one, since the host's is native. Text is hashed as UTF-8. */
export interface Hash {
  (content: Uint8Array | string): Digest;
  (content: Uint8Array | string, algorithm: OtherDigest): string;
}

/** Tells whether text has the form of a digest. */
export function isDigest(text: string): text is Digest {
  return /^[0-9a-f]{64}$/.test(text);
}
