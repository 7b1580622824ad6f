import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../../core/pack/redact-url.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import type { FetchOptions } from '../../../ports/pack-source.ts';
import type { HttpClient, HttpResponse } from '../../http/http-client.ts';
import { invalidResponse, ResponseTooLarge } from '../../http/network-error.ts';
import type { ResponseCache } from '../../http/response-cache.ts';
import type { NpmConfig } from './npm-config.ts';
import { type Packument, readPackument } from './packument.ts';

export interface NpmRegistryPorts {
  readonly http: HttpClient;
  readonly config: NpmConfig;
  readonly responses: ResponseCache;
}

/** The whole packument has what packs say of themselves; the short one does not, but is a fraction of it. */
const FULL = { accept: 'application/json', maximumBytes: 64 * 1024 * 1024 };
const ABBREVIATED = { accept: 'application/vnd.npm.install-v1+json', maximumBytes: 32 * 1024 * 1024 };

/** One registry that speaks the npm protocol, with the credentials and caches of this user. */
export class NpmRegistry {
  /** Ends in a slash. */
  readonly url: string;
  readonly #ports: NpmRegistryPorts;

  /** @param url of the registry, without credentials. */
  constructor(url: string, ports: NpmRegistryPorts) {
    this.url = url.endsWith('/') ? url : `${url}/`;
    this.#ports = ports;
  }

  /**
   * Asks for all that is known of a package; `undefined` where the registry does not know it. One that is too large is asked for in short.
   *
   * @throws PacksmithError as `HttpClient.request` does, and `OFFLINE_MISSING`.
   */
  async fetchPackument(name: string, options: FetchOptions): Promise<Packument | undefined> {
    const url = this.addressOf(name);
    const cached = this.#ports.responses.read(url);
    if (options.offline) {
      if (cached === undefined) throw new PacksmithError('OFFLINE_MISSING', `${name} was never asked for at ${redactUrl(this.url)}`);
      return parse(cached.body, name, url);
    }
    const condition = cached?.etag === undefined ? {} : { 'if-none-match': cached.etag };
    const response = await this.#ask(url, condition, options);
    if (response.status === 304 && cached !== undefined) return parse(cached.body, name, url);
    if (response.status === 404 || response.status === 410) return undefined;
    if (response.status !== 200) throw invalidResponse(url, `it answers ${response.status}`);
    const packument = parse(response.body, name, url);
    const { etag, 'last-modified': lastModified } = response.headers;
    this.#ports.responses.write(url, { etag, lastModified, body: response.body });
    return packument;
  }

  /**
   * Writes to the registry, as publishing and deprecating do. Never repeated by itself.
   *
   * @returns any answer below 500 but 401 and 403. @throws PacksmithError as `HttpClient.request` does.
   */
  put(
    name: string,
    document: unknown,
    options: { readonly signal?: AbortSignal | undefined; readonly otp?: string } = {},
  ): Promise<HttpResponse> {
    return this.#ports.http.request({
      url: this.addressOf(name),
      method: 'PUT',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'npm-command': 'publish',
        ...(options.otp === undefined ? {} : { 'npm-otp': options.otp }),
      },
      body: Buffer.from(JSON.stringify(document)),
      maximumBytes: FULL.maximumBytes,
      authorize: this.authorize,
      signal: options.signal,
    });
  }

  /** The credentials that `.npmrc` has for an address. */
  readonly authorize = (url: URL): Readonly<Record<string, string>> => this.#ports.config.authorize(url);

  addressOf(name: string): string {
    return `${this.url}${name.replace('/', '%2f')}`;
  }

  async #ask(url: string, condition: Record<string, string>, options: FetchOptions): Promise<HttpResponse> {
    const ask = ({ accept, maximumBytes }: typeof FULL): Promise<HttpResponse> =>
      this.#ports.http.request({
        url,
        headers: { accept, 'accept-encoding': 'gzip', ...condition },
        maximumBytes,
        isExpectedType: isJson,
        authorize: this.authorize,
        signal: options.signal,
      });
    try {
      return await ask(FULL);
    } catch (error) {
      const isTooLarge = error instanceof PacksmithError && error.cause instanceof ResponseTooLarge;
      if (!isTooLarge) throw error;
      return ask(ABBREVIATED);
    }
  }
}

function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json$/.test(type);
}

function parse(body: Uint8Array, name: string, url: string): Packument {
  const text = decodeUtf8(body);
  if (text === undefined) throw invalidResponse(url, 'it is not valid UTF-8');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw invalidResponse(url, 'it is not valid JSON', cause);
  }
  const packument = readPackument(document, name);
  if (typeof packument === 'string') throw invalidResponse(url, packument);
  return packument;
}
