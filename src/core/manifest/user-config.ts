import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';

/** The settings of a user (`config.toml`), with every default filled in. */
export interface UserConfig {
  /** Directories with packs, in order; `~` and relative paths are as written. */
  readonly directories: readonly string[];
  readonly registries: readonly RegistrySetting[];
  readonly trustedPacks: readonly TrustedPack[];
  readonly trustedFormatters: readonly TrustedFormatter[];
  readonly ownPacks: readonly OwnPack[];
  readonly defaults: {
    readonly author: string | undefined;
    /** Answers that stand in where nothing else gives one. */
    readonly variables: ReadonlyMap<string, Value>;
  };
  readonly signatures: {
    readonly policy: SignaturePolicy;
    readonly keys: readonly SigningKey[];
  };
  readonly proxies: {
    /** Addresses; they may hold credentials and are shown through `redactUrl` only. */
    readonly http: string | undefined;
    readonly https: string | undefined;
    readonly noProxy: readonly string[];
  };
}

export type RegistryType = 'npm' | 'oci' | 'folder';

export interface RegistrySetting {
  readonly name: string;
  readonly type: RegistryType;
  /** An address without credentials; for a folder also a path. */
  readonly url: string;
  /** The scopes (`@acme`) that come from here; empty for all. */
  readonly scopes: readonly string[];
  /** Keys by which an npm registry signs what it has; where there are any, everything from it must be signed by one. */
  readonly keys?: readonly RegistryKeySetting[];
}

/** As the registry publishes its keys. */
export interface RegistryKeySetting {
  readonly keyid: string;
  /** SubjectPublicKeyInfo (ECDSA over P-256) in base64. */
  readonly key: string;
  /** ISO 8601; `undefined` while it signs. */
  readonly expires: string | undefined;
}

/** A pack whose hooks may run: this id at this content. */
export interface TrustedPack {
  readonly id: PackName;
  /** `sha512-…` in Subresource Integrity form. */
  readonly integrity: string;
}

/** A command of the `packsmith.toml` of one directory that may run as a formatter there. */
export interface TrustedFormatter {
  /** Of the project, absolute. */
  readonly directory: string;
  /** The command, word for word. */
  readonly run: readonly string[];
}

/** A pack that the user works on: the commands of its test cases may run, whatever its content. */
export interface OwnPack {
  readonly id: PackName;
  /** Of the pack, absolute. */
  readonly directory: string;
}

/** What happens to packs without a valid signature of a known key: nothing, a warning, or a refusal. */
export type SignaturePolicy = 'off' | 'warn' | 'require';

export interface SigningKey {
  readonly name: string;
  /** The public key as text: `ssh-ed25519 …` or base64. */
  readonly key: string;
  /** Ids and scopes (`@acme`) whose packs must be signed with this key, or with another one that claims them. */
  readonly packs: readonly string[];
}
