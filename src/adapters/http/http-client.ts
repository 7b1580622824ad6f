import type { IncomingHttpHeaders } from 'node:http';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import { throwIfAborted } from '../files/time-slice.ts';
import type { Agents, TlsSettings } from './agents.ts';
import type { Answer } from './exchange.ts';
import { invalidResponse, TransientFailure, toNetworkFailure, unreachable } from './network-error.ts';
import { chooseProxy, type ProxySettings } from './proxies.ts';

export interface HttpSettings {
  readonly userAgent: string;
  readonly proxies?: ProxySettings;
  readonly tls?: TlsSettings;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  /** Until a connection stands, TLS and the tunnel of a proxy included. */
  readonly connectMilliseconds: number;
  /** Without a byte in either direction. */
  readonly idleMilliseconds: number;
  /** For a request with all its redirects and repetitions. */
  readonly totalMilliseconds: number;
  /** Attempts after the first, of requests that can be repeated. */
  readonly retries: number;
  /** Before the second attempt; tripled for each further one, and varied, so that many clients do not come back at once. */
  readonly backOffMilliseconds: number;
  /** A server that asks for more patience than this is given up. */
  readonly maximumWaitMilliseconds: number;
}

export interface HttpRequest {
  readonly url: string;
  /** `GET` where nothing is said. Only GET and HEAD are repeated and redirected. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the answer, unpacked. */
  readonly maximumBytes: number;
  /** The media types that the answer may have; nothing else of it is read. Absent: any. */
  readonly isExpectedType?: (type: string) => boolean;
  /** Headers with credentials for an address. Asked only for the origin that the request began at, never for one that it is redirected to. */
  readonly authorize?: (url: URL) => Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((received: number, total: number | undefined) => void) | undefined;
}

export interface HttpResponse extends Answer {
  /** Where it came from in the end. */
  readonly url: string;
}

const DEFAULTS: HttpLimits = {
  connectMilliseconds: 15_000,
  idleMilliseconds: 30_000,
  totalMilliseconds: 300_000,
  retries: 2,
  backOffMilliseconds: 400,
  maximumWaitMilliseconds: 60_000,
};
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const OVERLOADED = new Set([408, 425, 429, 500, 502, 503, 504]);
const NO_PROXIES: ProxySettings = { http: undefined, https: undefined, noProxy: [] };

/** HTTP as registries need it: limits on time and size, patience, proxies, redirects that cannot carry credentials away. */
export class HttpClient {
  readonly #settings: HttpSettings;
  readonly #limits: HttpLimits;
  #agents: Promise<Agents> | undefined;

  constructor(settings: HttpSettings) {
    this.#settings = settings;
    this.#limits = { ...DEFAULTS, ...settings.limits };
  }

  /**
   * Sends a request. Answers below 400 and those of 404, 409, 410 and the like come back for the caller to judge.
   *
   * @throws PacksmithError `SOURCE_UNREACHABLE`: no connection, no answer in time, an overloaded or failing server, after all attempts;
   * `SOURCE_DENIED`: 401, 403, or the proxy's 407; `SOURCE_RESPONSE_INVALID`: too large, of a wrong type, not HTTP, or redirected in a loop, too
   * often, or to an unprotected address; `INTERRUPTED`.
   */
  async request(request: HttpRequest): Promise<HttpResponse> {
    throwIfAborted(request.signal);
    const limit = AbortSignal.timeout(this.#limits.totalMilliseconds);
    const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#follow(request, signal);
      } catch (error) {
        throwIfAborted(request.signal);
        const seconds = this.#limits.totalMilliseconds / 1000;
        if (limit.aborted) throw unreachable(request.url, `no complete answer within ${seconds} s`, { cause: error });
        await sleep(this.#waitAfter(error, request, attempt), signal);
      }
    }
  }

  /** Closes connections that are kept for later. */
  close(): void {
    void this.#agents?.then((agents) => agents.close());
  }

  /** Loaded with the first request, since Node's own part of it costs a start that needs no network. */
  #openAgents(): Promise<Agents> {
    this.#agents ??= import('./agents.ts').then(({ Agents }) => new Agents(this.#settings.tls ?? {}, this.#limits.connectMilliseconds));
    return this.#agents;
  }

  /** How long to wait before the next attempt, where there is one; throws the failure where there is none. */
  #waitAfter(error: unknown, { url, method = 'GET' }: HttpRequest, attempt: number): number {
    const failure = toNetworkFailure(error, url);
    if (!(failure instanceof TransientFailure)) throw failure;
    const wait = failure.retryAfter ?? this.#backOff(attempt);
    const isRepeatable = method === 'GET' || method === 'HEAD';
    const isLast = attempt >= this.#limits.retries || wait > this.#limits.maximumWaitMilliseconds;
    if (!isRepeatable || isLast) throw unreachable(url, failure.message, { cause: failure });
    return wait;
  }

  #backOff(attempt: number): number {
    return this.#limits.backOffMilliseconds * 3 ** attempt * (0.75 + Math.random() / 2);
  }

  async #follow(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const start = parseUrl(request.url);
    const visited = new Set<string>();
    let url = start;
    for (;;) {
      visited.add(url.href);
      const answer = await this.#send(request, { url, isHome: url.origin === start.origin, signal });
      if (!REDIRECTS.has(answer.status)) return judge(answer, url);
      url = nextHop(request, url, answer.headers);
      if (visited.has(url.href)) throw invalidResponse(request.url, 'it redirects in a loop');
      if (visited.size > MAX_REDIRECTS) throw invalidResponse(request.url, `it redirects more than ${MAX_REDIRECTS} times`);
    }
  }

  async #send(request: HttpRequest, hop: { readonly url: URL; readonly isHome: boolean; readonly signal: AbortSignal }): Promise<Answer> {
    const { url, isHome, signal } = hop;
    const [agents, { exchange }] = await Promise.all([this.#openAgents(), import('./exchange.ts')]);
    const credentials = isHome ? request.authorize?.(url) : undefined;
    const length = request.body === undefined ? {} : { 'content-length': String(request.body.byteLength) };
    const headers = { 'user-agent': this.#settings.userAgent, ...request.headers, ...length, ...credentials };
    return exchange(
      {
        method: request.method ?? 'GET',
        url,
        proxy: chooseProxy(url, this.#settings.proxies ?? NO_PROXIES),
        headers,
        body: request.body,
        maximumBytes: request.maximumBytes,
        connectMilliseconds: this.#limits.connectMilliseconds,
        idleMilliseconds: this.#limits.idleMilliseconds,
        signal,
        onBytes: request.onBytes,
        checkHead: (status, answered) => checkType(request, status, answered),
      },
      agents,
    );
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalidResponse(text, 'it is not an http or https address');
  return url;
}

function checkType({ isExpectedType, url }: HttpRequest, status: number, headers: IncomingHttpHeaders): void {
  if (isExpectedType === undefined || status === 304 || status === 204) return;
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!isExpectedType(type)) throw invalidResponse(url, `its content type is ${type === '' ? 'missing' : type}`);
}

function nextHop(request: HttpRequest, from: URL, { location }: IncomingHttpHeaders): URL {
  if (request.body !== undefined || (request.method ?? 'GET') === 'DELETE')
    throw invalidResponse(request.url, 'it redirects what is sent to it');
  if (location === undefined || !URL.canParse(location, from.href)) throw invalidResponse(request.url, 'it redirects to no address');
  const next = new URL(location, from.href);
  if (from.protocol === 'https:' && next.protocol !== 'https:') {
    throw invalidResponse(request.url, `it redirects from https to ${redactUrl(next.href)}`);
  }
  if (!/^https?:$/.test(next.protocol)) throw invalidResponse(request.url, `it redirects to ${next.protocol}`);
  next.username = '';
  next.password = '';
  next.hash = '';
  return next;
}

function judge(answer: Answer, url: URL): HttpResponse {
  const { status } = answer;
  if (status === 401 || status === 403) {
    throw new PacksmithError('SOURCE_DENIED', `${redactUrl(url.href)} refuses access (${status})${explanation(answer)}`);
  }
  if (status === 407) throw new PacksmithError('SOURCE_DENIED', `the proxy to ${url.host} asks for other credentials`);
  if (OVERLOADED.has(status)) {
    throw new TransientFailure(`it answers ${status}${explanation(answer)}`, { retryAfter: readRetryAfter(answer.headers) });
  }
  return { ...answer, url: url.href };
}

/** What a registry says of its refusal, in the form of the npm protocol. */
function explanation({ body, headers }: Answer): string {
  if (!/json/.test(headers['content-type'] ?? '')) return '';
  const said = /"(?:error|reason|message)"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(Buffer.from(body).toString('utf8'))?.[1];
  return said === undefined ? '' : `: ${redactUrl(stripControlLine(said))}`;
}

function readRetryAfter(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - Date.now());
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (signal.aborted) return done();
    signal.addEventListener('abort', done, { once: true });
  });
}
