import type { SigningTools } from '../core/signing/signing-tools.ts';
import type { FileTree } from '../core/tree/file-tree.ts';

/** A pack that was fetched, and where it came from: `builtin`, or a reference. */
export interface FetchedForSignature {
  readonly id: string;
  readonly version: string;
  readonly source: string;
}

/**
 * Checks the signature of a fetched pack, whose integrity was verified, by the user's policy; called before anything of it is stored.
 * @throws PacksmithError `SIGNATURE_INVALID`, `SIGNATURE_REQUIRED`, `SIGNATURE_KEY_CHANGED`; `KEY_INVALID` for a key of the settings that is none.
 */
export type VerifySignature = (pack: FetchedForSignature, fetched: { readonly files: FileTree }) => void;

/** A key of the user's own, by which packs are signed. */
export interface OwnKey {
  readonly name: string;
  /** As OpenSSH writes it: `ssh-ed25519 AAAA… name`. */
  readonly publicKey: string;
  /** Its fingerprint, `SHA256:…`. */
  readonly keyId: string;
  /** `own`: packsmith keeps the private key. `ssh`: it stays where it is, and `ssh-keygen` signs with it. */
  readonly kind: 'own' | 'ssh';
  /** The file with the private key. */
  readonly file: string;
}

/** The user's own keys. A private key never leaves this port. */
export interface Signer {
  readonly tools: SigningTools;
  /** Sorted by name. @throws PacksmithError `KEY_INVALID` for a damaged key file. */
  list(): readonly OwnKey[];
  /** Makes a key, readable by its owner only. @throws PacksmithError `KEY_TAKEN`, `KEY_INVALID` for a name that is none, and those of a failing disk. */
  generate(name: string): OwnKey;
  /**
   * Takes over a private key in PEM (a copy is kept), or names an SSH key, whose public part must stand beside it.
   * @throws PacksmithError `KEY_TAKEN`, `KEY_INVALID`, `FILE_NOT_FOUND`, and those of a failing disk.
   */
  add(name: string, file: string): OwnKey;
  /** Forgets a key; the file of an SSH key stays. @throws PacksmithError `KEY_NOT_FOUND`. */
  remove(name: string): OwnKey;
  /**
   * Signs bytes: 64 bytes of Ed25519, or an SSH signature.
   * @throws PacksmithError `KEY_NOT_FOUND`, `SIGNING_FAILED`.
   */
  sign(name: string, message: Uint8Array): Promise<Uint8Array>;
}
