/** Lossless compression of a project's baseline: the same bytes for the same input on one version of the program. */
export interface Codec {
  compress(content: Uint8Array): Uint8Array;
  /** @throws PacksmithError `BASELINE_INVALID` when the bytes are not what `compress` gives, or grow over `maximumBytes`. */
  decompress(content: Uint8Array, maximumBytes: number): Uint8Array;
}
