import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { DocumentEdit } from '../../core/manifest/edit-toml.ts';
import type { OwnPack, SigningKey, TrustedPack, UserConfig } from '../../core/manifest/user-config.ts';
import type { Value } from '../../core/pack/values.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../core/signing/public-key.ts';
import type { SigningTools } from '../../core/signing/signing-tools.ts';
import { nearest } from '../../core/text/nearest.ts';
import { type LoadOptions, loadNamedPack } from './load-named-pack.ts';
import type { ResolvePorts } from './resolved-packs.ts';

/** A publisher whose signatures are valid. */
export interface TrustedPublisher {
  readonly name: string;
  /** As OpenSSH writes it. */
  readonly key: string;
  /** `SHA256:…` */
  readonly keyId: string;
  /** Ids and scopes whose packs must be signed with it. */
  readonly packs: readonly string[];
}

export interface Trust {
  readonly policy: UserConfig['signatures']['policy'];
  readonly packs: readonly TrustedPack[];
  readonly own: readonly OwnPack[];
  readonly publishers: readonly TrustedPublisher[];
}

/** A change to the settings, and what it is about. */
export interface TrustChange {
  readonly edits: readonly DocumentEdit[];
  readonly packs: readonly TrustedPack[];
  readonly own: readonly OwnPack[];
  readonly publishers: readonly TrustedPublisher[];
}

type TrustSettings = Pick<UserConfig, 'signatures' | 'trustedPacks' | 'ownPacks'>;

/** Lists what is trusted. @throws PacksmithError `KEY_INVALID` for a key of the settings that is none. */
export function listTrust({ signatures, trustedPacks, ownPacks }: TrustSettings, tools: SigningTools): Trust {
  return {
    policy: signatures.policy,
    packs: trustedPacks,
    own: ownPacks,
    publishers: signatures.keys.map((key) => describeKey(key, tools)),
  };
}

/**
 * Trusts the hooks of a pack at its present content, and forgets other contents of it.
 * @throws PacksmithError as `loadNamedPack` does.
 */
export async function trustPack(
  { reference, ...options }: LoadOptions & { readonly reference: string },
  { trustedPacks }: TrustSettings,
  ports: ResolvePorts,
): Promise<TrustChange> {
  const { manifest, integrity } = (await loadNamedPack(reference, options, ports)).pack;
  const added = { id: manifest.id, integrity };
  const packs = [...trustedPacks.filter(({ id }) => id !== manifest.id), added];
  return { edits: [{ kind: 'set', path: ['trust', 'packs'], value: packs.map(toPackValue) }], packs: [added], own: [], publishers: [] };
}

/** Says that a pack is the user's own work, in the directory that it is worked on in. */
export function trustOwn(own: OwnPack, { ownPacks }: Pick<UserConfig, 'ownPacks'>): TrustChange {
  const others = ownPacks.filter(({ id, directory }) => id !== own.id || directory !== own.directory);
  return {
    edits: [{ kind: 'set', path: ['trust', 'own'], value: [...others, own].map(toOwnValue) }],
    packs: [],
    own: [own],
    publishers: [],
  };
}

/**
 * Trusts the key of a publisher. Another key under a known name is refused: it must be removed first, on purpose.
 * @throws PacksmithError `KEY_INVALID`, `KEY_TAKEN`.
 */
export function trustPublisher({ name, key, packs }: SigningKey, { signatures }: TrustSettings, tools: SigningTools): TrustChange {
  if (signatures.keys.some((known) => known.name === name)) {
    throw new PacksmithError('KEY_TAKEN', `a publisher called ${name} is trusted already`, {
      hint: `\`packs trust remove ${name}\` forgets the old key`,
    });
  }
  const added = { name, key: formatPublicKey(parsePublicKey(key)), packs };
  const edit = { kind: 'set', path: ['signatures', 'keys'], value: [...signatures.keys, added].map(toKeyValue) } as const;
  return { edits: [edit], packs: [], own: [], publishers: [describeKey(added, tools)] };
}

/** Forgets a publisher or a pack. @throws PacksmithError `KEY_NOT_FOUND`. */
export function distrust(
  { name }: { readonly name: string },
  { signatures, trustedPacks, ownPacks }: TrustSettings,
  tools: SigningTools,
): TrustChange {
  const keys = signatures.keys.filter((key) => key.name !== name);
  const packs = trustedPacks.filter(({ id }) => id !== name);
  const own = ownPacks.filter(({ id }) => id !== name);
  const edits = [
    ...(keys.length < signatures.keys.length ? [toEdit(['signatures', 'keys'], keys.map(toKeyValue))] : []),
    ...(packs.length < trustedPacks.length ? [toEdit(['trust', 'packs'], packs.map(toPackValue))] : []),
    ...(own.length < ownPacks.length ? [toEdit(['trust', 'own'], own.map(toOwnValue))] : []),
  ];
  if (edits.length === 0)
    throw notFound(name, [...signatures.keys.map((key) => key.name), ...[...trustedPacks, ...ownPacks].map(({ id }) => id)]);
  const publishers = signatures.keys.filter((key) => key.name === name).map((key) => describeKey(key, tools));
  const isNamed = ({ id }: { readonly id: string }): boolean => id === name;
  return { edits, packs: trustedPacks.filter(isNamed), own: ownPacks.filter(isNamed), publishers };
}

function toEdit(path: readonly string[], value: Value[]): DocumentEdit {
  return value.length === 0 ? { kind: 'unset', path } : { kind: 'set', path, value };
}

function describeKey({ name, key, packs }: SigningKey, tools: SigningTools): TrustedPublisher {
  const publicKey = parsePublicKey(key);
  return { name, key: formatPublicKey(publicKey), keyId: fingerprintOf(publicKey, tools), packs };
}

function toPackValue({ id, integrity }: TrustedPack): Value {
  return new Map<string, Value>([
    ['id', id],
    ['integrity', integrity],
  ]);
}

function toOwnValue({ id, directory }: OwnPack): Value {
  return new Map<string, Value>([
    ['id', id],
    ['directory', directory],
  ]);
}

function toKeyValue({ name, key, packs }: SigningKey): Value {
  const value = new Map<string, Value>([
    ['name', name],
    ['key', key],
  ]);
  return packs.length === 0 ? value : value.set('packs', [...packs]);
}

function notFound(name: string, known: readonly string[]): PacksmithError {
  const suggestions = nearest(name, new Set(known));
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs trust list` shows what is trusted';
  return new PacksmithError('KEY_NOT_FOUND', `${JSON.stringify(name)} is not trusted`, { hint, suggestions });
}
