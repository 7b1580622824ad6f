import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../../ports/pack-source.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import { invalidResponse } from '../../http/network-error.ts';
import type { ArchiveCache } from '../archive/archive-cache.ts';
import { openArchive } from '../archive/describe-pack.ts';
import { downloadArchive } from '../archive/download-archive.ts';
import { NpmRegistry, type NpmRegistryPorts } from './npm-registry.ts';
import { type PublishedVersion, toAvailableVersions } from './packument.ts';
import { checkRegistrySignatures, type RegistryKey } from './registry-signatures.ts';

export interface NpmSourceSettings extends NpmRegistryPorts {
  readonly archives: ArchiveCache;
  /**
   * A registry of the user's settings, which is asked for packs by their ids; of its scopes only, where it has any. Absent: the registries of
   * `.npmrc`, which are asked for `npm:` references.
   */
  readonly registry?: { readonly url: string; readonly scopes: readonly string[] };
  /** By address of the registry, ending in a slash: its keys. Where a registry has keys, every version must be signed by one. */
  readonly signatureKeys?: ReadonlyMap<string, readonly RegistryKey[]>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Packs that are packages of a registry that speaks the npm protocol. A package says in its `packsmith` field which pack it is. */
export class NpmSource implements PackSource {
  readonly kind = 'npm';
  readonly #settings: NpmSourceSettings;
  /** What was listed, by registry, name and version, so that fetching it need not ask again. */
  readonly #listed = new Map<string, PublishedVersion>();

  constructor(settings: NpmSourceSettings) {
    this.#settings = settings;
  }

  accepts(reference: PackReference): boolean {
    const { registry } = this.#settings;
    if (registry === undefined) return reference.kind === 'npm';
    if (reference.kind !== 'id') return false;
    return registry.scopes.length === 0 || registry.scopes.some((scope) => reference.name.startsWith(`${scope}/`));
  }

  async listVersions(reference: PackReference, options: FetchOptions): Promise<readonly AvailableVersion[] | undefined> {
    throwIfAborted(options.signal);
    const name = nameOf(reference);
    const registry = this.#registryOf(name);
    const packument = await registry.fetchPackument(name, options);
    if (packument === undefined) return undefined;
    for (const published of packument.versions.values()) this.#listed.set(keyOf(registry, name, published.version), published);
    const toReference = (range: string): PackReference =>
      reference.kind === 'id' ? { kind: 'id', name: reference.name, range } : { kind: 'npm', name, range };
    return toAvailableVersions(packument, { location: redactUrl(registry.url), toReference });
  }

  async fetch(version: AvailableVersion, options: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(options.signal);
    const name = nameOf(version.pinned);
    const registry = this.#registryOf(name);
    const keys = this.#settings.signatureKeys?.get(registry.url) ?? [];
    const cached = version.integrity === undefined ? undefined : this.#settings.archives.read(version.integrity);
    if (cached !== undefined && keys.length === 0) return openArchive(cached, version);
    const published = await this.#findPublished(registry, name, { version, options });
    const integrity = published.integrity;
    if (integrity === undefined) {
      throw invalidResponse(registry.addressOf(name), `it states no sha512 of ${name}@${version.version}; weaker hashes prove nothing`);
    }
    const { signatures, publishedAt } = published;
    const signed = { name, version: version.version, integrity, signatures, publishedAt };
    if (keys.length > 0) checkRegistrySignatures(signed, keys, this.#settings.now());
    const expected = version.integrity ?? integrity;
    const bytes =
      cached ??
      this.#settings.archives.read(expected) ??
      (await this.#download(registry, published.tarball, { expected, version, options }));
    // Both what was chosen and what the registry now says must hold.
    const pack = await openArchive(bytes, { ...version, integrity: expected });
    if (pack.archiveIntegrity === integrity) return pack;
    throw new PacksmithError(
      'INTEGRITY_MISMATCH',
      `${name}@${version.version} was replaced at ${redactUrl(registry.url)}: it is now ${integrity}`,
    );
  }

  async #findPublished(
    registry: NpmRegistry,
    name: string,
    { version, options }: { readonly version: AvailableVersion; readonly options: FetchOptions },
  ): Promise<PublishedVersion> {
    const listed = this.#listed.get(keyOf(registry, name, version.version));
    if (listed !== undefined && listed.integrity === version.integrity) return listed;
    const packument = await registry.fetchPackument(name, options);
    const published = packument?.versions.get(version.version);
    if (published !== undefined) return published;
    throw new PacksmithError('PACK_NOT_FOUND', `${redactUrl(registry.url)} does not have ${name}@${version.version} any more`);
  }

  async #download(
    registry: NpmRegistry,
    tarball: string,
    { expected, version, options }: { readonly expected: string; readonly version: AvailableVersion; readonly options: FetchOptions },
  ): Promise<Uint8Array> {
    const label = `${version.id}@${version.version}`;
    if (options.offline) throw new PacksmithError('OFFLINE_MISSING', `the archive of ${label} was never fetched`);
    const url = checkTarball(tarball, registry);
    const { authorize } = registry;
    const headers = {};
    const response = await downloadArchive({ url, integrity: expected, headers, authorize }, options, this.#settings);
    if (response.status !== 200) throw invalidResponse(url, `it answers ${response.status}, though its registry lists ${label}`);
    return response.body;
  }

  #registryOf(name: string): NpmRegistry {
    const { registry, config } = this.#settings;
    return new NpmRegistry(registry?.url ?? config.registryFor(name), this.#settings);
  }
}

function keyOf({ url }: NpmRegistry, name: string, version: string): string {
  return `${url}${name}@${version}`;
}

function nameOf(reference: PackReference): string {
  if (reference.kind === 'npm' || reference.kind === 'id') return reference.name;
  throw new PacksmithError('SOURCE_UNSUPPORTED', 'only packages of a registry are read here');
}

/** Where a registry is protected, its archives must be too. */
function checkTarball(tarball: string, registry: NpmRegistry): string {
  const isAddress = URL.canParse(tarball, registry.url);
  const url = isAddress ? new URL(tarball, registry.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalidResponse(registry.url, 'the address of an archive is none');
  if (registry.url.startsWith('https:') && url.protocol !== 'https:') {
    throw invalidResponse(registry.url, `it is https, but its archives are not (${redactUrl(url.href)})`);
  }
  url.username = '';
  url.password = '';
  return url.href;
}
