import { LIMITS } from '../../../core/manifest/limits.ts';
import { encodeUtf8 } from '../../../core/text/utf8.ts';
import type { FetchOptions } from '../../../ports/pack-source.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import type { ArchiveCache } from './archive-cache.ts';
import { checkIntegrity } from './integrity.ts';

/** Compressed, an archive is not larger than what it may unpack to. */
export const MAX_ARCHIVE_BYTES = LIMITS.packBytes.maximum;

export interface ArchiveAddress {
  readonly url: string;
  /** That the bytes must have; checked before anything else is done with them. */
  readonly integrity?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorize?: HttpRequest['authorize'];
}

/**
 * Downloads an archive and keeps it in the cache.
 *
 * @returns the answer, whose status is 200, 304 where it was asked so by headers, or 404 and 410; `undefined` never.
 * @throws PacksmithError as `HttpClient.request` does, and `INTEGRITY_MISMATCH`, upon which nothing is kept.
 */
export async function downloadArchive(
  { url, integrity, headers, authorize }: ArchiveAddress,
  options: FetchOptions,
  ports: { readonly http: HttpClient; readonly archives: ArchiveCache },
): Promise<HttpResponse> {
  const response = await ports.http.request({
    url,
    maximumBytes: MAX_ARCHIVE_BYTES,
    headers: { accept: 'application/octet-stream, application/gzip, */*;q=0.5', 'accept-encoding': 'identity', ...headers },
    isExpectedType: isArchiveType,
    ...(authorize === undefined ? {} : { authorize }),
    signal: options.signal,
    onBytes: options.onBytes,
  });
  if (response.status !== 200) return response;
  if (integrity !== undefined) checkIntegrity(response.body, integrity, url);
  ports.archives.write(response.body);
  return response;
}

/** A page for people, an error in JSON or the like is not an archive, whatever its address says. */
function isArchiveType(type: string): boolean {
  return !/^(?:text|image|audio|video|font|multipart|message)\/|[/+](?:json|xml|xhtml|html|javascript)(?:\+|$)/.test(type);
}

/** Headers of basic authentication for the user and password that stand in an address, and the address without them. */
export function splitCredentials(address: string): { readonly url: string; readonly authorize: NonNullable<HttpRequest['authorize']> } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === '' && password === '') return { url: url.href, authorize: () => ({}) };
  url.username = '';
  url.password = '';
  const pair = encodeUtf8(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { url: url.href, authorize: () => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` }) };
}
