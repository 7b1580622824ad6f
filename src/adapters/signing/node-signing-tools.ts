import { createHash, createPublicKey, verify } from 'node:crypto';
import type { SigningTools } from '../../core/signing/signing-tools.ts';
import { computeTreeIntegrity } from '../sources/tree-integrity.ts';

/** What stands before the 32 bytes of an Ed25519 public key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Cryptography by the host's library. */
export const nodeSigningTools: SigningTools = {
  digest: (algorithm, content) => new Uint8Array(createHash(algorithm).update(content).digest()),
  treeIntegrity: computeTreeIntegrity,
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  },
};
