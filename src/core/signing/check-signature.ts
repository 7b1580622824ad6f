import type { ErrorCode } from '../diagnostics/error-codes.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { SignaturePolicy, SigningKey } from '../manifest/user-config.ts';
import { stripControlLine } from '../text/strip-control.ts';
import type { FileTree } from '../tree/file-tree.ts';
import {
  type Envelope,
  integrityToHex,
  type PackStatement,
  parseEnvelope,
  parseStatement,
  SIGNATURE_FILE,
  toSignedBytes,
  withoutSignature,
} from './envelope.ts';
import { fingerprintOf, parsePublicKey } from './public-key.ts';
import type { SigningTools } from './signing-tools.ts';
import { isSshSignature, verifySshSignature } from './ssh-signature.ts';

/** A pack as it was fetched, its integrity verified. */
export interface SignedPack {
  readonly id: string;
  readonly version: string;
  /** All of its files, `pack.sig` included where there is one. */
  readonly files: FileTree;
}

/** The settings of the user, `signatures` in `config.toml`. */
export interface SignatureSettings {
  readonly policy: SignaturePolicy;
  readonly keys: readonly SigningKey[];
}

export type SignatureOutcome =
  /** The policy is `off`: nothing was looked at. */
  | { readonly kind: 'unchecked' }
  /** Signed by a key that is known under this name. */
  | { readonly kind: 'valid'; readonly signer: string; readonly keyId: string }
  /** Not signed by a known key, which the policy lets pass with this warning. */
  | { readonly kind: 'unproven'; readonly warning: string };

/**
 * Decides whether a pack may be used, by its signature. Where the policy is not `off`:
 *
 * - a signature that is malformed, about something else, or does not match is refused, whoever made it;
 * - a pack that a known key claims (`packs` of the key), or whose signer goes by a known name, must be signed by that key: a changed key is refused;
 * - without a signature by a known key, `require` refuses and `warn` warns.
 *
 * @throws PacksmithError `SIGNATURE_INVALID`, `SIGNATURE_REQUIRED` naming the policy, `SIGNATURE_KEY_CHANGED`, `KEY_INVALID` for a key of the settings.
 */
export function checkSignature(pack: SignedPack, { policy, keys }: SignatureSettings, tools: SigningTools): SignatureOutcome {
  if (policy === 'off') return { kind: 'unchecked' };
  const known = keys.map((key): KnownKey => {
    const publicKey = parsePublicKey(key.key);
    return { ...key, publicKey, keyId: fingerprintOf(publicKey, tools) };
  });
  const claiming = known.filter((key) => key.packs.some((claim) => covers(claim, pack.id)));
  const bytes = pack.files.get(SIGNATURE_FILE)?.content;
  if (bytes === undefined) return judgeUnproven(pack, { policy, claiming, reason: 'it is not signed' });
  const { envelope, statement } = readSigned(pack, bytes, tools);
  const signer = findSigner(pack, { envelope, known, tools });
  if (signer !== undefined) return acceptSigner(pack, signer, claiming);
  const keyIds = envelope.signatures.map(({ keyId }) => stripControlLine(keyId)).join(', ');
  const named = known.find(({ name }) => name === statement.publisher);
  if (named !== undefined) throw keyChanged(pack, `${named.name} is known with the key ${named.keyId}, but it is signed with ${keyIds}`);
  return judgeUnproven(pack, { policy, claiming, reason: `it is signed with a key that is not known (${keyIds})` });
}

interface KnownKey extends SigningKey {
  readonly publicKey: Uint8Array;
  readonly keyId: string;
}

/** A claim is an id, or a scope for all that is in it. */
function covers(claim: string, id: string): boolean {
  return claim === id || (claim.startsWith('@') && !claim.includes('/') && id.startsWith(`${claim}/`));
}

function readSigned(
  { id, version, files }: SignedPack,
  bytes: Uint8Array,
  tools: SigningTools,
): { envelope: Envelope; statement: PackStatement } {
  const refuse = (reason: string): PacksmithError =>
    failure('SIGNATURE_INVALID', `the signature of ${id} ${version} is refused: ${reason}`);
  const envelope = parseEnvelope(bytes);
  if (typeof envelope === 'string') throw refuse(envelope);
  const statement = parseStatement(envelope.payload);
  if (typeof statement === 'string') throw refuse(statement);
  if (statement.id !== id || statement.version !== version) throw refuse(`it is for ${statement.id} ${statement.version}`);
  if (statement.sha512 !== integrityToHex(tools.treeIntegrity(withoutSignature(files))))
    throw refuse('the files are not those that were signed');
  return { envelope, statement };
}

interface Search {
  readonly envelope: Envelope;
  readonly known: readonly KnownKey[];
  readonly tools: SigningTools;
}

/** The first known key with a signature. One signature that names a known key and is not by it makes the whole pack suspect. */
function findSigner({ id, version }: SignedPack, { envelope, known, tools }: Search): KnownKey | undefined {
  const message = toSignedBytes(envelope.payload);
  const signers = envelope.signatures.flatMap(({ keyId, signature }) => {
    const key = known.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) return [];
    const isValid = isSshSignature(signature)
      ? verifySshSignature(key.publicKey, message, { signature, tools })
      : tools.verify(key.publicKey, message, signature);
    if (isValid) return [key];
    throw failure(
      'SIGNATURE_INVALID',
      `the signature of ${id} ${version} is refused: it names the key of ${key.name} and was not made with it`,
    );
  });
  return signers[0];
}

function acceptSigner(pack: SignedPack, signer: KnownKey, claiming: readonly KnownKey[]): SignatureOutcome {
  const isEntitled = claiming.length === 0 || claiming.some(({ keyId }) => keyId === signer.keyId);
  if (isEntitled) return { kind: 'valid', signer: signer.name, keyId: signer.keyId };
  const owners = claiming.map(({ name }) => name).join(' or ');
  throw keyChanged(pack, `it must be signed by ${owners}, but ${signer.name} signed it`);
}

interface Doubt {
  readonly policy: SignaturePolicy;
  readonly claiming: readonly KnownKey[];
  readonly reason: string;
}

function judgeUnproven(pack: SignedPack, { policy, claiming, reason }: Doubt): SignatureOutcome {
  const name = `${pack.id} ${pack.version}`;
  const [owner] = claiming;
  if (owner !== undefined && pack.files.has(SIGNATURE_FILE)) throw keyChanged(pack, `it must be signed by ${owner.name}, but ${reason}`);
  if (owner !== undefined) throw failure('SIGNATURE_REQUIRED', `${name} is refused: it must be signed by ${owner.name}, and ${reason}`);
  if (policy === 'require') throw failure('SIGNATURE_REQUIRED', `${name} is refused by signatures.policy = "require": ${reason}`);
  return { kind: 'unproven', warning: `${name}: ${reason} (signatures.policy = "warn")` };
}

function keyChanged({ id, version }: SignedPack, reason: string): PacksmithError {
  return failure('SIGNATURE_KEY_CHANGED', `${id} ${version} is refused: ${reason}`);
}

function failure(code: ErrorCode, message: string): PacksmithError {
  return new PacksmithError(code, message);
}
