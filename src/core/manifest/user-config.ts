import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';

/** The settings of a user (`config.toml`), with every default filled in. */
export interface UserConfig {
  /** Directories with packs, in order; `~` and relative paths are as written. */
  readonly directories: readonly string[];
  readonly registries: readonly RegistrySetting[];
  readonly trustedPacks: readonly TrustedPack[];
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
}

/** A pack whose hooks may run: this id at this content. */
export interface TrustedPack {
  readonly id: PackName;
  /** `sha512-…` in Subresource Integrity form. */
  readonly integrity: string;
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
