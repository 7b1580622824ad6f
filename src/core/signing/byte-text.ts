import { encodeUtf8 } from '../text/utf8.ts';

/** Joins bytes. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A `string` of the SSH wire format (RFC 4251 section 5): its length in four bytes, then its bytes. */
export function toWireString(content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
  const length = bytes.length;
  return concatBytes([Uint8Array.of(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255), bytes]);
}

/** Reads the SSH wire format piece by piece; everything is `undefined` once the bytes are too few. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  readBytes(length: number): Uint8Array | undefined {
    if (this.#at + length > this.#bytes.length) return undefined;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  readNumber(): number | undefined {
    const bytes = this.readBytes(4);
    return bytes?.reduce((number, byte) => number * 256 + byte, 0);
  }

  readString(): Uint8Array | undefined {
    const length = this.readNumber();
    return length === undefined ? undefined : this.readBytes(length);
  }
}
