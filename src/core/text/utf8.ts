const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Short texts share a buffer: thousands of small ones cost the host more than their bytes do. */
const SHARED_BYTES = 1 << 16;
const SHORT_LENGTH = 1 << 12;
/** The most bytes that one UTF-16 code unit takes. */
const BYTES_PER_UNIT = 3;

let shared = new Uint8Array(0);
let used = 0;

/** The bytes of text in UTF-8. They may be a part of a larger buffer. */
export function encodeUtf8(text: string): Uint8Array {
  if (text.length > SHORT_LENGTH) return encoder.encode(text);
  if (shared.length - used < text.length * BYTES_PER_UNIT) {
    shared = new Uint8Array(SHARED_BYTES);
    used = 0;
  }
  const { written } = encoder.encodeInto(text, shared.subarray(used));
  const bytes = shared.subarray(used, used + written);
  used += written;
  return bytes;
}

/** The text of bytes, byte order mark included, or `undefined` when they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes that are text as a person edits it: valid UTF-8 without NUL; `undefined` for anything else. */
export function decodeText(bytes: Uint8Array): string | undefined {
  return bytes.includes(0) ? undefined : decodeUtf8(bytes);
}

/** The same of bytes that may begin with the mark of UTF-16, as files that Windows writes do; the mark is no part of the text. */
export function decodeMarkedText(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
  return encoding === undefined ? decodeText(bytes) : new TextDecoder(encoding).decode(bytes);
}
