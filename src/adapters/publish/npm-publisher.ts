import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import { toDeprecatedField, toPublication } from '../../core/publish/npm-package.ts';
import { isRecord } from '../../core/text/is-record.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { PackPublisher, Publication, PublishedNotice } from '../../ports/pack-publisher.ts';
import type { PackSource } from '../../ports/pack-source.ts';
import type { HttpResponse } from '../http/http-client.ts';
import { invalidResponse } from '../http/network-error.ts';
import { NpmRegistry, type NpmRegistryPorts } from '../sources/npm/npm-registry.ts';

const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

export interface NpmPublisherSettings extends NpmRegistryPorts {
  /** The configured name, or the address as it was given, without credentials. */
  readonly name: string;
  readonly url: string;
  readonly source: PackSource;
}

interface WriteOptions {
  readonly otp?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Publishes to a registry that speaks the npm protocol, with the credentials of `.npmrc`. */
export class NpmPublisher implements PackPublisher {
  readonly kind = 'npm';
  readonly name: string;
  readonly location: string;
  readonly source: PackSource;
  readonly #registry: NpmRegistry;
  readonly #ports: NpmRegistryPorts;

  constructor({ name, url, source, ...ports }: NpmPublisherSettings) {
    this.name = name;
    this.#registry = new NpmRegistry(url, ports);
    this.location = redactUrl(this.#registry.url);
    this.source = source;
    this.#ports = ports;
  }

  async publish(publication: Publication, signal?: AbortSignal): Promise<void> {
    const { manifest, otp } = publication;
    const document = toPublication({ ...publication, registry: this.#registry.url });
    await this.#put(manifest, document, { otp, signal });
  }

  async mark({ id, version, notice }: PublishedNotice, options: WriteOptions = {}): Promise<void> {
    const document = await this.#readDocument(id, options);
    const versions = document === undefined ? undefined : asRecord(document['versions']);
    const facts = asRecord(versions?.[version]);
    if (document === undefined || facts === undefined)
      throw new PacksmithError('VERSION_NOT_PUBLISHED', `${this.location} has no ${id} ${version}`);
    const marked = { ...facts, deprecated: toDeprecatedField(notice) };
    await this.#put({ id, version }, { ...document, versions: { ...versions, [version]: marked } }, options);
  }

  /** The whole document with its revision, as the registry wants it back. */
  async #readDocument(id: string, { signal }: WriteOptions): Promise<Readonly<Record<string, unknown>> | undefined> {
    const url = `${this.#registry.addressOf(id)}?write=true`;
    const response = await this.#ports.http.request({
      url,
      headers: { accept: 'application/json', 'accept-encoding': 'gzip' },
      maximumBytes: MAX_DOCUMENT_BYTES,
      authorize: this.#registry.authorize,
      signal,
    });
    if (response.status === 404) return undefined;
    const document = response.status === 200 ? parseDocument(response) : undefined;
    if (document === undefined) throw invalidResponse(url, `it answers ${response.status} without a document`);
    return document;
  }

  async #put(
    { id, version }: { readonly id: string; readonly version: string },
    document: unknown,
    { otp, signal }: WriteOptions,
  ): Promise<void> {
    const response = await this.#registry.put(id, document, { signal, ...(otp === undefined ? {} : { otp }) });
    if (response.status < 300) return;
    const said = explain(response);
    if (response.status === 409) throw new PacksmithError('VERSION_TAKEN', `${this.location} refuses ${id} ${version}: ${said}`);
    throw invalidResponse(this.#registry.addressOf(id), `it answers ${response.status}: ${said}`);
  }
}

function parseDocument({ body }: HttpResponse): Readonly<Record<string, unknown>> | undefined {
  try {
    return asRecord(JSON.parse(decodeUtf8(body) ?? ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function explain(response: HttpResponse): string {
  const document = parseDocument(response);
  const said = document?.['error'] ?? document?.['reason'] ?? document?.['message'];
  return typeof said === 'string' ? redactUrl(stripControlLine(said.slice(0, 300))) : 'without an explanation';
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(value) ? value : undefined;
}
