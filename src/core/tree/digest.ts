declare const brand: unique symbol;

/** The SHA-256 of some bytes, as 64 lower-case hexadecimal digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** Computes a SHA-256; the core is given one, since the host's is native. Text is hashed as UTF-8. */
export type Hash = (content: Uint8Array | string) => Digest;

/** Tells whether text has the form of a digest. */
export function isDigest(text: string): text is Digest {
  return /^[0-9a-f]{64}$/.test(text);
}
