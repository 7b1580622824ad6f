import { createPublicKey, verify } from 'node:crypto';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';

/** A signature that a registry gives with a version (`dist.signatures`): ECDSA over P-256 with SHA-256, DER, in base64. */
export interface RegistrySignature {
  readonly keyid: string;
  readonly sig: string;
}

/** A key of a registry, as its `/-/npm/v1/keys` lists it, but given by the user: what a registry says of itself proves nothing. */
export interface RegistryKey {
  readonly keyid: string;
  /** SubjectPublicKeyInfo in base64. */
  readonly key: string;
  /** When it stopped signing, ISO 8601; `undefined` while it does. */
  readonly expires: string | undefined;
}

export interface SignedVersion {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly signatures: readonly RegistrySignature[];
  /** ISO 8601, where the registry says it. */
  readonly publishedAt: string | undefined;
}

/**
 * Checks that a registry signed a version: that one of its signatures is by a known key, which had not expired when the version was published
 * (or now, where that is not known), over `name@version:integrity`.
 *
 * @param now milliseconds since the epoch.
 * @throws PacksmithError `SIGNATURE_INVALID` for a signature by a known key that does not fit, or when no known key signed at all.
 */
export function checkRegistrySignatures(signed: SignedVersion, keys: readonly RegistryKey[], now: number): void {
  const label = `${signed.name}@${signed.version}`;
  const message = Buffer.from(`${label}:${signed.integrity}`);
  const publishedAt = signed.publishedAt === undefined ? Number.NaN : Date.parse(signed.publishedAt);
  const usedAt = Number.isNaN(publishedAt) ? now : publishedAt;
  let isSigned = false;
  for (const { keyid, sig } of signed.signatures) {
    const key = keys.find((candidate) => candidate.keyid === keyid);
    if (key === undefined) continue;
    if (key.expires !== undefined && !(usedAt < Date.parse(key.expires))) {
      throw invalid(label, `its signature is by the key ${keyid}, which had expired (${key.expires})`);
    }
    if (!isValid(message, sig, key)) throw invalid(label, `its signature by the key ${keyid} does not fit its bytes`);
    isSigned = true;
  }
  if (!isSigned) throw invalid(label, 'its registry has keys, but none of them signed it');
}

function isValid(message: Uint8Array, signature: string, { key }: RegistryKey): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    if (publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
    return verify('sha256', message, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    // A key or a signature that cannot be read proves nothing.
    return false;
  }
}

function invalid(label: string, reason: string): PacksmithError {
  return new PacksmithError('SIGNATURE_INVALID', `${label} is refused: ${reason}`);
}
