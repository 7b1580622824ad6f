import { PacksmithError } from '../diagnostics/packsmith-error.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((char, index) => [char, index]));

/** Base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const pairs = digitPairs();
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += `${pairs[group >> 12]}${pairs[group & 0xfff]}`;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing);
}

let pairs: readonly string[] | undefined;

/** The two digits of each number of twelve bits. */
function digitPairs(): readonly string[] {
  pairs ??= Array.from({ length: 4096 }, (_, bits) => `${ALPHABET[bits >> 6]}${ALPHABET[bits & 63]}`);
  return pairs;
}

/**
 * The bytes of base64 text; white space is passed over.
 * @throws PacksmithError `BASE64_INVALID` when a character or the length is wrong.
 */
export function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const digit of digits) {
    const value = VALUES.get(digit);
    if (value === undefined) throw new PacksmithError('BASE64_INVALID', `${JSON.stringify(digit)} is not a base64 digit`);
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (buffer >> bits) & 0xff;
    }
  }
  if (digits.length % 4 === 1) throw new PacksmithError('BASE64_INVALID', 'base64 text has a length that no bytes give');
  return bytes;
}
