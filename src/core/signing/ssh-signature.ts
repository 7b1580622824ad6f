import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { concatBytes, toWireString, WireReader } from './byte-text.ts';
import { readKeyBlob } from './public-key.ts';
import type { SigningTools } from './signing-tools.ts';

/**
 * Signatures as `ssh-keygen -Y sign` makes them (the file PROTOCOL.sshsig of OpenSSH), so that the keys which people have can sign packs.
 * The namespace keeps a signature for a commit or a mail from being used for a pack.
 */
export const SSH_NAMESPACE = 'packsmith';

const MAGIC = encodeUtf8('SSHSIG');

interface SshSignature {
  readonly key: Uint8Array;
  readonly namespace: string;
  readonly reserved: Uint8Array;
  readonly algorithm: 'sha256' | 'sha512';
  readonly signature: Uint8Array;
}

/** Tells whether bytes begin as an SSH signature does; an Ed25519 signature of 64 bytes never counts as one. */
export function isSshSignature(bytes: Uint8Array): boolean {
  return bytes.length !== 64 && MAGIC.every((byte, index) => bytes[index] === byte);
}

/** Verifies an SSH signature of a message by exactly this key, in packsmith's namespace. Never throws. */
export function verifySshSignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  options: { signature: Uint8Array; tools: SigningTools },
): boolean {
  const { signature, tools } = options;
  const parsed = parseSshSignature(signature);
  if (parsed === undefined || parsed.namespace !== SSH_NAMESPACE) return false;
  if (parsed.key.some((byte, index) => byte !== publicKey[index])) return false;
  const signed = concatBytes([
    MAGIC,
    toWireString(parsed.namespace),
    toWireString(parsed.reserved),
    toWireString(parsed.algorithm),
    toWireString(tools.digest(parsed.algorithm, message)),
  ]);
  return tools.verify(publicKey, signed, parsed.signature);
}

function parseSshSignature(bytes: Uint8Array): SshSignature | undefined {
  const reader = new WireReader(bytes.subarray(MAGIC.length));
  const version = reader.readNumber();
  const key = readKeyBlob(reader.readString() ?? new Uint8Array());
  const namespace = decodeUtf8(reader.readString() ?? new Uint8Array());
  const reserved = reader.readString();
  const algorithm = decodeUtf8(reader.readString() ?? new Uint8Array());
  const signature = readSignatureBlob(reader.readString() ?? new Uint8Array());
  const isKnown = version === 1 && (algorithm === 'sha256' || algorithm === 'sha512') && reader.isAtEnd;
  if (!isKnown || key === undefined || namespace === undefined || reserved === undefined || signature === undefined) return undefined;
  return { key, namespace, reserved, algorithm, signature };
}

function readSignatureBlob(blob: Uint8Array): Uint8Array | undefined {
  const reader = new WireReader(blob);
  const type = decodeUtf8(reader.readString() ?? new Uint8Array());
  const signature = reader.readString();
  return type === 'ssh-ed25519' && signature?.length === 64 && reader.isAtEnd ? signature : undefined;
}
