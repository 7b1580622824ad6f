import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import { TransientFailure, unreachable } from './network-error.ts';

/** Whom to believe, and who we are. What is absent is as Node has it, `NODE_EXTRA_CA_CERTS` included. */
export interface TlsSettings {
  /** Certificates in PEM that are trusted in place of the usual ones. */
  readonly ca?: readonly string[];
  readonly rejectUnauthorized?: boolean;
  readonly cert?: string;
  readonly key?: string;
}

const MAX_SOCKETS = 16;

/** Connections that are kept open between requests. Idle ones do not keep the process alive. */
export class Agents {
  readonly #tls: TlsSettings;
  readonly #connectMilliseconds: number;
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  readonly #direct: HttpsAgent;
  readonly #tunnels = new Map<string, HttpsAgent>();

  constructor(tls: TlsSettings, connectMilliseconds: number) {
    this.#tls = tls;
    this.#connectMilliseconds = connectMilliseconds;
    this.#direct = this.#createHttpsAgent();
  }

  /** Plain http goes to the proxy by its full address; https goes through a tunnel, so that the proxy sees nothing of it. */
  open(url: URL, proxy: URL | undefined, options: { readonly method: string; readonly headers: Record<string, string> }): ClientRequest {
    const { method, headers } = options;
    if (url.protocol === 'https:')
      return httpsRequest(url, { method, headers, agent: proxy === undefined ? this.#direct : this.#tunnel(proxy) });
    if (proxy === undefined) return httpRequest(url, { method, headers, agent: this.#http });
    const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const agent = proxy.protocol === 'https:' ? this.#direct : this.#http;
    const plain = `${url.origin}${url.pathname}${url.search}`;
    return send({ ...place(proxy), method, path: plain, headers: { ...headers, host: url.host, ...authorization(proxy) }, agent });
  }

  /** Closes what is open. */
  close(): void {
    for (const agent of [this.#http, this.#direct, ...this.#tunnels.values()]) agent.destroy();
  }

  #createHttpsAgent(): HttpsAgent {
    const { ca, ...tls } = this.#tls;
    return new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...tls, ...(ca === undefined ? {} : { ca: [...ca] }) });
  }

  #tunnel(proxy: URL): HttpsAgent {
    const known = this.#tunnels.get(proxy.href);
    if (known !== undefined) return known;
    const agent = this.#createHttpsAgent();
    const createConnection = (target: TunnelTarget, done: (error: Error | null, socket?: Duplex) => void): undefined => {
      this.#openTunnel(proxy, target).then(
        (socket) => done(null, socket),
        (error: Error) => done(error),
      );
    };
    Object.assign(agent, { createConnection });
    this.#tunnels.set(proxy.href, agent);
    return agent;
  }

  #openTunnel(proxy: URL, target: TunnelTarget): Promise<Socket> {
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const path = `${host}:${target.port}`;
    const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const { ca, ...tls } = this.#tls;
    return new Promise((resolve, reject) => {
      const shown = redactUrl(proxy.href);
      const asking = send({
        ...place(proxy),
        ...(proxy.protocol === 'https:' ? { ...tls, ...(ca === undefined ? {} : { ca: [...ca] }) } : {}),
        method: 'CONNECT',
        path,
        headers: { host: path, ...authorization(proxy) },
        agent: false,
      });
      let opened: Socket | undefined;
      const timer = setTimeout(() => {
        const late = new TransientFailure(`the proxy ${shown} does not answer in time`);
        opened?.destroy();
        asking.destroy(late);
        reject(late);
      }, this.#connectMilliseconds);
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        act();
      };
      asking.on('error', (error) => settle(() => reject(error)));
      asking.on('response', (response) => {
        response.destroy();
        settle(() => reject(proxyRefusal(shown, response.statusCode)));
      });
      asking.on('connect', (response, socket: Socket) => {
        if (response.statusCode !== 200) {
          socket.destroy();
          return settle(() => reject(proxyRefusal(shown, response.statusCode)));
        }
        opened = connectTls({ ...target, socket }, () => settle(() => resolve(opened as Socket)));
        opened.on('error', (error) => settle(() => reject(error)));
      });
      asking.end();
    });
  }
}

interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

function proxyRefusal(shown: string, status: number | undefined): PacksmithError {
  if (status === 407) return new PacksmithError('SOURCE_DENIED', `the proxy ${shown} asks for other credentials`);
  return unreachable(shown, `the proxy answers ${status ?? 'nothing'}`);
}

function place(proxy: URL): { readonly host: string; readonly port: string } {
  return { host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || (proxy.protocol === 'https:' ? '443' : '80') };
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
