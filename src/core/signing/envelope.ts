import { isPackName, type PackName } from '../pack/pack-name.ts';
import { isVersion } from '../pack/versions.ts';
import { decodeBase64, encodeBase64 } from '../text/base64.ts';
import { isRecord } from '../text/is-record.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { concatBytes, toHex } from './byte-text.ts';
import type { SigningTools } from './signing-tools.ts';

/**
 * A signature travels inside the pack, as the file `pack.sig`, so that it is there wherever the pack comes from: a registry of any kind, git, an
 * archive, a bundle. It is a DSSE envelope (its protocol version 1) around an in-toto statement (version 1) that names the pack, its version, and
 * the SHA-512 of all its other files.
 */
export const SIGNATURE_FILE = 'pack.sig' as ProjectPath;

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'urn:packsmith:pack:1';
const MAX_ENVELOPE_BYTES = 64 * 1024;
const MAX_SIGNATURES = 10;

/** What a signature states. */
export interface PackStatement {
  readonly id: PackName;
  readonly version: string;
  /** SHA-512 of the tree without its signature, in hexadecimal: the same bytes as its integrity has in base64. */
  readonly sha512: string;
  /** Who signs, by the name that the publisher goes by; trusted only with a key that is known under it. */
  readonly publisher: string | undefined;
}

export interface EnvelopeSignature {
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface Envelope {
  /** What was signed. */
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

/** The tree that a signature is about: everything but the signature. */
export function withoutSignature(files: FileTree): FileTree {
  return new Map([...files].filter(([path]) => path !== SIGNATURE_FILE));
}

/** States what a tree is. The same facts give the same bytes. */
export function makePayload(
  { id, version, publisher }: Omit<PackStatement, 'sha512'>,
  files: FileTree,
  { treeIntegrity }: Pick<SigningTools, 'treeIntegrity'>,
): Uint8Array {
  const sha512 = integrityToHex(treeIntegrity(withoutSignature(files)));
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: `${id}@${version}`, digest: { sha512 } }],
    predicateType: PREDICATE_TYPE,
    predicate: { id, version, ...(publisher === undefined ? {} : { publisher }) },
  };
  return encodeUtf8(JSON.stringify(statement));
}

/** What is actually signed: the pre-authentication encoding of DSSE, which binds the type to the payload. */
export function toSignedBytes(payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return concatBytes([encodeUtf8(head), payload]);
}

/** Writes an envelope as JSON. */
export function formatEnvelope({ payload, signatures }: Envelope): string {
  const written = signatures.map(({ keyId, signature }) => ({ keyid: keyId, sig: encodeBase64(signature) }));
  return `${JSON.stringify({ payload: encodeBase64(payload), payloadType: PAYLOAD_TYPE, signatures: written }, undefined, 2)}\n`;
}

/** Reads an envelope; a text says in words why it is none. */
export function parseEnvelope(bytes: Uint8Array): Envelope | string {
  if (bytes.length > MAX_ENVELOPE_BYTES) return `it has more than ${MAX_ENVELOPE_BYTES} bytes`;
  const document = parseJson(bytes);
  if (!isRecord(document)) return 'it is not a JSON object';
  if (document['payloadType'] !== PAYLOAD_TYPE) return 'it is not about an in-toto statement';
  const payload = decode(document['payload']);
  if (payload === undefined) return 'its payload is not base64';
  const list: unknown = document['signatures'];
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_SIGNATURES)
    return `it has not between 1 and ${MAX_SIGNATURES} signatures`;
  const signatures = list.map(readSignature);
  return signatures.every((signature) => signature !== undefined) ? { payload, signatures } : 'a signature in it is malformed';
}

/** Reads the statement in a payload; a text says in words why it is none. */
export function parseStatement(payload: Uint8Array): PackStatement | string {
  const statement = parseJson(payload);
  if (!isRecord(statement) || statement['_type'] !== STATEMENT_TYPE) return 'it is not an in-toto statement';
  if (statement['predicateType'] !== PREDICATE_TYPE || !isRecord(statement['predicate'])) return 'it is not about a pack';
  const { id, version, publisher } = statement['predicate'];
  if (typeof id !== 'string' || !isPackName(id) || typeof version !== 'string' || !isVersion(version)) return 'it names no pack';
  if (publisher !== undefined && (typeof publisher !== 'string' || publisher === '' || publisher.length > 100))
    return 'its publisher is malformed';
  const subjects: unknown = statement['subject'];
  const subject: unknown = Array.isArray(subjects) && subjects.length === 1 ? subjects[0] : undefined;
  if (!isRecord(subject) || subject['name'] !== `${id}@${version}` || !isRecord(subject['digest']))
    return 'it is about something else than it says';
  const { sha512 } = subject['digest'];
  if (typeof sha512 !== 'string' || !/^[0-9a-f]{128}$/.test(sha512)) return 'it states no sha512';
  return { id, version, sha512, publisher };
}

/** The hexadecimal digits of a `sha512-…` integrity. */
export function integrityToHex(integrity: string): string {
  return toHex(decodeBase64(integrity.slice('sha512-'.length)));
}

function readSignature(value: unknown): EnvelopeSignature | undefined {
  if (!isRecord(value)) return undefined;
  const { keyid, sig } = value;
  const signature = decode(sig);
  if (typeof keyid !== 'string' || keyid.length > 200 || signature === undefined) return undefined;
  return { keyId: keyid, signature };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(bytes) ?? '');
  } catch {
    // Whatever is no JSON is not what is looked for, and is reported as that.
    return undefined;
  }
}

function decode(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return decodeBase64(text);
}
