import type { FileTree } from '../tree/file-tree.ts';

/** What signing needs of cryptography; the core is given it, since the host's is native. */
export interface SigningTools {
  digest(algorithm: 'sha256' | 'sha512', content: Uint8Array): Uint8Array;
  /** `sha512-…` of a tree, as the store and the lockfile state it. */
  treeIntegrity(tree: FileTree): string;
  /** Checks an Ed25519 signature (RFC 8032) by a raw public key of 32 bytes. Never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
