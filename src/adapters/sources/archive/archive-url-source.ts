import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { foreignId, versionOfContent } from '../../../core/foreign/foreign-identity.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { decodeUtf8, encodeUtf8 } from '../../../core/text/utf8.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, PackSource } from '../../../ports/pack-source.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { invalidResponse } from '../../http/network-error.ts';
import type { CachedResponse, ResponseCache } from '../../http/response-cache.ts';
import type { ArchiveCache } from './archive-cache.ts';
import { describeManifest, openArchive, readTreeFacts } from './describe-pack.ts';
import { downloadArchive, splitCredentials } from './download-archive.ts';
import { computeIntegrity } from './integrity.ts';
import { unpackArchive } from './unpack-archive.ts';

export interface ArchiveUrlSettings {
  readonly http: HttpClient;
  /** Which archive an address gave last time. */
  readonly responses: ResponseCache;
  readonly archives: ArchiveCache;
}

/** Archives by their address: `https://host/pack-1.2.0.tgz`. What an address gave last is asked about, not fetched again. */
export class ArchiveUrlSource implements PackSource {
  readonly kind = 'archive';
  readonly #settings: ArchiveUrlSettings;

  constructor(settings: ArchiveUrlSettings) {
    this.#settings = settings;
  }

  accepts(reference: PackReference): boolean {
    return reference.kind === 'url';
  }

  async listVersions(reference: PackReference, options: FetchOptions): Promise<readonly AvailableVersion[]> {
    throwIfAborted(options.signal);
    const url = urlOf(reference);
    const location = redactUrl(url);
    const bytes = await this.#load(url, options);
    const tree = await unpackArchive(bytes, location, fragmentOf(url));
    const integrity = computeIntegrity(bytes);
    const facts = readTreeFacts(tree, location, () => ({ id: foreignId(reference), version: versionOfContent(integrity) }));
    return [describeManifest(facts, { integrity, pinned: reference, provenance: { kind: this.kind, location } })];
  }

  async fetch(version: AvailableVersion, options: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(options.signal);
    const cached = version.integrity === undefined ? undefined : this.#settings.archives.read(version.integrity);
    const url = urlOf(version.pinned);
    return openArchive(cached ?? (await this.#load(url, options)), version, fragmentOf(url));
  }

  async #load(url: string, options: FetchOptions): Promise<Uint8Array> {
    const { responses, archives } = this.#settings;
    const { url: address, authorize } = splitCredentials(url.replace(/#.*$/, ''));
    const key = `archive ${address}`;
    const known = responses.read(key);
    const bytes = known === undefined ? undefined : archives.read(decodeUtf8(known.body) ?? '');
    if (options.offline) {
      if (bytes !== undefined) return bytes;
      throw new PacksmithError('OFFLINE_MISSING', `${redactUrl(url)} was never fetched`);
    }
    const headers = known === undefined || bytes === undefined ? {} : conditions(known);
    const response = await downloadArchive({ url: address, headers, authorize }, options, this.#settings);
    if (response.status === 304 && bytes !== undefined) return bytes;
    if (response.status === 404 || response.status === 410) {
      throw new PacksmithError('PACK_NOT_FOUND', `there is nothing at ${redactUrl(url)} (${response.status})`);
    }
    if (response.status !== 200) throw invalidResponse(url, `it answers ${response.status}`);
    const { etag, 'last-modified': lastModified } = response.headers;
    responses.write(key, { etag, lastModified, body: encodeUtf8(computeIntegrity(response.body)) });
    return response.body;
  }
}

function conditions({ etag, lastModified }: CachedResponse): Record<string, string> {
  if (etag !== undefined) return { 'if-none-match': etag };
  return lastModified === undefined ? {} : { 'if-modified-since': lastModified };
}

/** The directory in an archive that its address means. */
function fragmentOf(url: string): string | undefined {
  const [, fragment = ''] = url.split('#');
  return fragment === '' ? undefined : fragment;
}

function urlOf(reference: PackReference): string {
  if (reference.kind === 'url') return reference.url;
  throw new PacksmithError('SOURCE_UNSUPPORTED', 'only addresses of archives are read here');
}
