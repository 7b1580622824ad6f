import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import type { PackReference } from '../../../core/pack/pack-reference.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { compareVersions } from '../../../core/pack/versions.ts';
import { isPrerelease } from '../../../core/publish/version-policy.ts';
import { type FolderIndex, parseFolderIndex } from '../../../core/registry/folder-index.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { AvailableVersion, FetchedPack, FetchOptions, ListedPack, PackSource } from '../../../ports/pack-source.ts';
import { isErrno, toDiskError } from '../../files/errno.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { invalidResponse } from '../../http/network-error.ts';
import type { ResponseCache } from '../../http/response-cache.ts';
import type { ArchiveCache } from '../archive/archive-cache.ts';
import { openArchive } from '../archive/describe-pack.ts';
import { downloadArchive, MAX_ARCHIVE_BYTES } from '../archive/download-archive.ts';

export interface FolderRegistrySettings {
  /** A directory, absolute or relative to the working directory, or an http or https address. It has an `index.json`. */
  readonly url: string;
  /** The scopes that come from here; empty for all. */
  readonly scopes: readonly string[];
  readonly workingDirectory: string;
  readonly http: HttpClient;
  readonly responses: ResponseCache;
  readonly archives: ArchiveCache;
  /** Credentials for an address, such as those of `.npmrc`. */
  readonly authorize?: HttpRequest['authorize'];
}

const INDEX = 'index.json';
const MAX_INDEX_BYTES = 64 * 1024 * 1024;

/** A registry that is plain files: a static `index.json`, and archives beside it. It is asked for packs by their ids. */
export class FolderRegistrySource implements PackSource {
  readonly kind = 'folder';
  readonly #settings: FolderRegistrySettings;
  readonly #isRemote: boolean;

  constructor(settings: FolderRegistrySettings) {
    this.#settings = settings;
    this.#isRemote = /^https?:\/\//i.test(settings.url);
  }

  accepts(reference: PackReference): boolean {
    const { scopes } = this.#settings;
    if (reference.kind !== 'id') return false;
    return scopes.length === 0 || scopes.some((scope) => reference.name.startsWith(`${scope}/`));
  }

  async listVersions(reference: PackReference, options: FetchOptions): Promise<readonly AvailableVersion[] | undefined> {
    throwIfAborted(options.signal);
    if (reference.kind !== 'id') throw new PacksmithError('SOURCE_UNSUPPORTED', 'a registry is asked for ids only');
    const index = await this.#loadIndex(options);
    const pack = index.packs.get(reference.name);
    if (pack === undefined) return undefined;
    const available = [...pack.versions].map(([version, facts]): AvailableVersion => {
      const { dependencies, requires, status, notice, integrity } = facts;
      return {
        id: reference.name,
        version,
        dependencies,
        requires,
        status,
        notice,
        integrity,
        pinned: { kind: 'id', name: reference.name, range: version },
        tags: [...pack.tags].filter(([, tagged]) => tagged === version).map(([tag]) => tag),
        provenance: { kind: this.kind, location: redactUrl(this.#settings.url) },
      };
    });
    return available.sort((a, b) => compareVersions(b.version, a.version));
  }

  async listPacks(options: FetchOptions): Promise<readonly ListedPack[]> {
    throwIfAborted(options.signal);
    const index = await this.#loadIndex(options);
    const provenance = { kind: this.kind, location: redactUrl(this.#settings.url) } as const;
    return [...index.packs].flatMap(([id, { versions }]): ListedPack[] => {
      const usable = [...versions].filter(([, { status }]) => status !== 'yanked');
      const [newest] = usable.sort(([a], [b]) => Number(isPrerelease(a)) - Number(isPrerelease(b)) || compareVersions(b, a));
      if (newest === undefined) return [];
      const [version, { about = { title: id, description: '', category: undefined, keywords: [] } }] = newest;
      return [{ id, version, ...about, provenance }];
    });
  }

  async fetch(version: AvailableVersion, options: FetchOptions): Promise<FetchedPack> {
    throwIfAborted(options.signal);
    const cached = version.integrity === undefined ? undefined : this.#settings.archives.read(version.integrity);
    if (cached !== undefined) return openArchive(cached, version);
    const facts = (await this.#loadIndex(options)).packs.get(version.id)?.versions.get(version.version);
    if (facts === undefined) {
      throw new PacksmithError(
        'PACK_NOT_FOUND',
        `${redactUrl(this.#settings.url)} does not have ${version.id}@${version.version} any more`,
      );
    }
    const integrity = version.integrity ?? facts.integrity;
    return openArchive(await this.#loadArchive(facts.archive, integrity, options), { ...version, integrity });
  }

  async #loadIndex(options: FetchOptions): Promise<FolderIndex> {
    const bytes = this.#isRemote ? await this.#fetchIndex(options) : this.#readFile(INDEX, MAX_INDEX_BYTES);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw invalidResponse(this.#settings.url, 'its index is not valid UTF-8');
    try {
      return parseFolderIndex(text);
    } catch (error) {
      if (!(error instanceof PacksmithError)) throw error;
      throw invalidResponse(this.#settings.url, error.message, error);
    }
  }

  async #fetchIndex({ offline, signal, onBytes }: FetchOptions): Promise<Uint8Array> {
    const { http, responses, authorize } = this.#settings;
    const url = this.#addressOf(INDEX);
    const cached = responses.read(url);
    if (offline) {
      if (cached !== undefined) return cached.body;
      throw new PacksmithError('OFFLINE_MISSING', `the index of ${redactUrl(this.#settings.url)} was never fetched`);
    }
    const condition = cached?.etag === undefined ? {} : { 'if-none-match': cached.etag };
    const response = await http.request({
      url,
      headers: { accept: 'application/json', 'accept-encoding': 'gzip', ...condition },
      maximumBytes: MAX_INDEX_BYTES,
      // Plain web servers may not know the type of a file; a page for people is told by it all the same.
      isExpectedType: (type) => /^(?:application\/(?:[\w.-]+\+)?json|application\/octet-stream|text\/plain|)$/.test(type),
      ...(authorize === undefined ? {} : { authorize }),
      signal,
      onBytes,
    });
    if (response.status === 304 && cached !== undefined) return cached.body;
    if (response.status !== 200) throw invalidResponse(url, `it answers ${response.status}`);
    const { etag, 'last-modified': lastModified } = response.headers;
    responses.write(url, { etag, lastModified, body: response.body });
    return response.body;
  }

  async #loadArchive(path: string, integrity: string, options: FetchOptions): Promise<Uint8Array> {
    if (!this.#isRemote) return this.#readFile(path, MAX_ARCHIVE_BYTES);
    const { authorize } = this.#settings;
    const url = this.#addressOf(path);
    if (options.offline) throw new PacksmithError('OFFLINE_MISSING', `the archive ${redactUrl(url)} was never fetched`);
    const response = await downloadArchive({ url, integrity, authorize }, options, this.#settings);
    if (response.status !== 200) throw invalidResponse(url, `it answers ${response.status}, though the index lists it`);
    return response.body;
  }

  #addressOf(path: string): string {
    const base = this.#settings.url.endsWith('/') ? this.#settings.url : `${this.#settings.url}/`;
    return new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
  }

  #readFile(path: string, maximum: number): Uint8Array {
    const { url, workingDirectory } = this.#settings;
    const file = join(resolve(workingDirectory, url), path);
    try {
      const found = statSync(file);
      if (!found.isFile()) throw invalidResponse(url, `${path} is not a plain file`);
      const { size } = found;
      if (size > maximum) throw invalidResponse(url, `${path} has ${size} bytes; the limit is ${maximum}`);
      return new Uint8Array(readFileSync(file));
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) {
        throw new PacksmithError('SOURCE_UNREACHABLE', `the registry ${url} has no ${path}`, { cause: error });
      }
      throw toDiskError(error, `read the registry ${url}`);
    }
  }
}
