import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { stripControlLine } from '../text/strip-control.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { concatBytes, toWireString, WireReader } from './byte-text.ts';
import type { SigningTools } from './signing-tools.ts';

const KEY_BYTES = 32;
const SSH_TYPE = 'ssh-ed25519';

/**
 * Reads an Ed25519 public key: a line as OpenSSH writes it (`ssh-ed25519 AAAA… comment`), or the base64 of its 32 bytes.
 * @throws PacksmithError `KEY_INVALID`; a private key is refused without being repeated.
 */
export function parsePublicKey(text: string): Uint8Array {
  const line = text.trim();
  if (/PRIVATE KEY/.test(line)) throw new PacksmithError('KEY_INVALID', 'this is a private key; the public one is wanted');
  const [type = '', blob] = line.split(/\s+/);
  const key = blob === undefined ? decode(type) : type === SSH_TYPE ? readKeyBlob(decode(blob) ?? new Uint8Array()) : undefined;
  if (key?.length === KEY_BYTES) return key;
  const shown = JSON.stringify(stripControlLine(line.slice(0, 30)));
  throw new PacksmithError('KEY_INVALID', `${shown} is not an Ed25519 public key`, {
    hint: 'write `ssh-ed25519 AAAA…`, or the base64 of its 32 bytes',
  });
}

/** Writes a key in the form that OpenSSH reads. */
export function formatPublicKey(key: Uint8Array, comment = ''): string {
  return `${SSH_TYPE} ${encodeBase64(toKeyBlob(key))} ${comment}`.trim();
}

/** The fingerprint of a key, as OpenSSH shows it: `SHA256:` and base64 without padding. It names a key; it proves nothing. */
export function fingerprintOf(key: Uint8Array, { digest }: Pick<SigningTools, 'digest'>): string {
  return `SHA256:${encodeBase64(digest('sha256', toKeyBlob(key))).replace(/=+$/, '')}`;
}

/** The wire form of a key, as it stands in SSH's files and signatures. */
export function toKeyBlob(key: Uint8Array): Uint8Array {
  return concatBytes([toWireString(SSH_TYPE), toWireString(key)]);
}

/** The key in a wire form; `undefined` when it is anything but one Ed25519 key. */
export function readKeyBlob(blob: Uint8Array): Uint8Array | undefined {
  const reader = new WireReader(blob);
  const type = decodeUtf8(reader.readString() ?? new Uint8Array());
  const key = reader.readString();
  return type === SSH_TYPE && key?.length === KEY_BYTES && reader.isAtEnd ? key : undefined;
}

function decode(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{1,4000}={0,2}$/.test(text)) return undefined;
  try {
    return decodeBase64(text);
  } catch (error) {
    if (error instanceof PacksmithError) return undefined;
    throw error;
  }
}
