import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpClient, type HttpLimits, type HttpRequest, type HttpSettings } from '../../src/adapters/http/http-client.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import { type LoopbackServer, startServer } from '../support/loopback-server.ts';
import { LOOPBACK_TLS } from '../support/loopback-tls.ts';

const FAST: Partial<HttpLimits> = {
  connectMilliseconds: 2_000,
  idleMilliseconds: 200,
  totalMilliseconds: 3_000,
  retries: 1,
  backOffMilliseconds: 1,
};
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

async function serve(handler: Handler, tls?: typeof LOOPBACK_TLS): Promise<LoopbackServer & { readonly seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = await startServer((request, response) => {
    seen.push(request);
    handler(request, response, seen.length);
  }, tls);
  closing.push(() => server.stop());
  return { ...server, seen };
}

function makeClient(settings: Partial<HttpSettings> = {}): HttpClient {
  const client = new HttpClient({ userAgent: 'packsmith-tests', limits: FAST, ...settings });
  closing.push(() => client.close());
  return client;
}

function get(url: string, request: Partial<HttpRequest> = {}, settings: Partial<HttpSettings> = {}) {
  return makeClient(settings).request({ url, maximumBytes: 10_000, ...request });
}

async function failure(running: Promise<unknown>): Promise<PacksmithError> {
  const error = await running.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof PacksmithError) return error;
  throw error;
}

describe('answers that are refused', () => {
  it.each<[string, Handler, string, RegExp]>([
    ['401', (_q, s) => s.writeHead(401).end(), 'SOURCE_DENIED', /refuses access \(401\)/],
    [
      '403 with a reason',
      (_q, s) => s.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"no\\u001b[31m"}'),
      'SOURCE_DENIED',
      /no/,
    ],
    ['500, again and again', (_q, s) => s.writeHead(500).end(), 'SOURCE_UNREACHABLE', /answers 500/],
    ['a redirect to itself', (_q, s) => s.writeHead(302, { location: '/' }).end(), 'SOURCE_RESPONSE_INVALID', /in a loop/],
    ['redirects without end', (q, s) => s.writeHead(302, { location: `${q.url}x` }).end(), 'SOURCE_RESPONSE_INVALID', /more than 5 times/],
    ['a redirect to nowhere', (_q, s) => s.writeHead(302).end(), 'SOURCE_RESPONSE_INVALID', /no address/],
    ['a redirect to a file', (_q, s) => s.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'SOURCE_RESPONSE_INVALID', /file:/],
    [
      'a body that says it is too large',
      (_q, s) => s.writeHead(200, { 'content-length': '10001' }).end(),
      'SOURCE_RESPONSE_INVALID',
      /more than 10000 bytes/,
    ],
    ['a body that is too large', (_q, s) => endless(s), 'SOURCE_RESPONSE_INVALID', /more than 10000 bytes/],
    ['a body that ends early', (_q, s) => truncated(s), 'SOURCE_UNREACHABLE', /cut off/],
    ['a chunked body that ends early', (_q, s) => cutChunked(s), 'SOURCE_UNREACHABLE', /cut off/],
    ['no answer', () => undefined, 'SOURCE_UNREACHABLE', /nothing comes/],
    ['a body that stops coming', (_q, s) => s.writeHead(200, { 'content-length': '50' }).write('x'), 'SOURCE_UNREACHABLE', /nothing comes/],
    ['something that is not HTTP', (q) => void q.socket.end('SSH-2.0-x\r\n\r\n'), 'SOURCE_RESPONSE_INVALID', /not answer in HTTP/],
    ['a connection that is closed', (q) => void q.socket.destroy(), 'SOURCE_UNREACHABLE', /cut off/],
    [
      'a page for people',
      (_q, s) => s.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'SOURCE_RESPONSE_INVALID',
      /content type is text\/html/,
    ],
    ['no content type', (_q, s) => s.writeHead(200).end('{}'), 'SOURCE_RESPONSE_INVALID', /content type is missing/],
  ])('%s', async (_name, handler, code, message) => {
    const { url } = await serve(handler);
    const error = await failure(
      get(`${url}/`, { isExpectedType: (type) => type === 'application/json' || (type === '' && /large|early|stops/.test(_name)) }),
    );
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(error.message).not.toContain('\u001b');
  });

  it('a body that drips for ever', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const error = await failure(get(url, {}, { limits: { ...FAST, totalMilliseconds: 400 } }));
    expect([error.code, error.message]).toEqual(['SOURCE_UNREACHABLE', expect.stringMatching(/no complete answer within 0.4 s/)]);
  });

  it('a small body that unpacks to a large one', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
    );
    const error = await failure(get(url, { headers: { 'accept-encoding': 'gzip' } }));
    expect([error.code, error.message]).toEqual(['SOURCE_RESPONSE_INVALID', expect.stringMatching(/more than 10000 bytes/)]);
  });

  it('damaged compression', async () => {
    const { url } = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
    expect((await failure(get(url, { headers: { 'accept-encoding': 'gzip' } }))).code).toBe('SOURCE_RESPONSE_INVALID');
  });

  it('a port where nobody listens, and an address that is none', async () => {
    const server = await startServer(() => undefined);
    await server.stop();
    expect((await failure(get(server.url))).message).toMatch(/refused/);
    expect((await failure(get('ftp://127.0.0.1/x'))).code).toBe('SOURCE_RESPONSE_INVALID');
  });

  it('stops when it is told to', async () => {
    const { url } = await serve(() => undefined);
    const stop = new AbortController();
    const running = failure(get(url, { signal: stop.signal }));
    setTimeout(() => stop.abort(), 50);
    expect((await running).code).toBe('INTERRUPTED');
  });
});

function endless(response: ServerResponse): void {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(4_096)));
  };
  response.on('drain', more);
  more();
}

function truncated(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '50' });
  response.write('half');
  setTimeout(() => response.destroy(), 20);
}

function cutChunked(response: ServerResponse): void {
  response.writeHead(200);
  response.write('half');
  setTimeout(() => response.destroy(), 20);
}

describe('patience', () => {
  it.each([429, 500, 502, 503, 504, 408])('asks again after %i', async (status) => {
    const { url, seen } = await serve((_request, response, count) => response.writeHead(count === 1 ? status : 200).end('done'));
    expect(Buffer.from((await get(url)).body).toString()).toBe('done');
    expect(seen).toHaveLength(2);
  });

  it('asks again after a connection that was cut', async () => {
    const { url, seen } = await serve((request, response, count) =>
      count === 1 ? void request.socket.destroy() : void response.end('done'),
    );
    expect((await get(url)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('waits as long as the server asks, and not longer than is sensible', async () => {
    const asks = async (header: string, limits: Partial<HttpLimits>) => {
      const { url, seen } = await serve((_request, response, count) =>
        response.writeHead(count === 1 ? 429 : 200, { 'retry-after': header }).end(),
      );
      const result = await get(url, {}, { limits: { ...FAST, ...limits } }).then(
        ({ status }) => status,
        (error: PacksmithError) => error.code,
      );
      return [result, seen.length];
    };
    expect(await asks('0', {})).toEqual([200, 2]);
    expect(await asks(new Date(0).toUTCString(), {})).toEqual([200, 2]);
    expect(await asks('3600', {})).toEqual(['SOURCE_UNREACHABLE', 1]);
    expect(await asks(new Date(Date.now() + 3_600_000).toUTCString(), {})).toEqual(['SOURCE_UNREACHABLE', 1]);
  });

  it('never repeats what writes', async () => {
    const { url, seen } = await serve((_request, response) => response.writeHead(503).end());
    expect((await failure(get(url, { method: 'PUT', body: Buffer.from('x') }))).code).toBe('SOURCE_UNREACHABLE');
    expect(seen).toHaveLength(1);
  });

  it('gives other answers to the caller', async () => {
    const { url } = await serve((request, response) => response.writeHead(Number(request.url?.slice(1))).end());
    for (const status of [200, 204, 304, 404, 409, 410, 422]) expect((await get(`${url}/${status}`)).status).toBe(status);
  });
});

describe('redirects', () => {
  it('are followed on the same host with credentials, to another one without', async () => {
    const other = await serve((_request, response) => void response.end('there'));
    const home = await serve((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : `${other.url.replace('//', '//user:secret@')}/c` }).end();
    });
    const answer = await get(`${home.url}/a`, { authorize: () => ({ authorization: 'Bearer abc' }) });
    expect([answer.url, Buffer.from(answer.body).toString()]).toEqual([`${other.url}/c`, 'there']);
    expect(home.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer abc', 'Bearer abc']);
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('from https to http are refused', async () => {
    const plain = await serve((_request, response) => void response.end());
    const safe = await serve((_request, response) => response.writeHead(302, { location: plain.url }).end(), LOOPBACK_TLS);
    const error = await failure(get(safe.url, {}, { tls: { ca: [LOOPBACK_TLS.cert] } }));
    expect([error.code, plain.seen.length]).toEqual(['SOURCE_RESPONSE_INVALID', 0]);
  });

  it('of what is written are refused', async () => {
    const { url, seen } = await serve((_request, response) => response.writeHead(307, { location: '/b' }).end());
    expect((await failure(get(url, { method: 'PUT', body: Buffer.from('x') }))).code).toBe('SOURCE_RESPONSE_INVALID');
    expect(seen).toHaveLength(1);
  });
});

describe('certificates', () => {
  it('that nobody vouches for are refused, with advice', async () => {
    const { url } = await serve((_request, response) => void response.end(), LOOPBACK_TLS);
    const error = await failure(get(url));
    expect([error.code, error.hint]).toEqual(['SOURCE_UNREACHABLE', expect.stringMatching(/cafile/)]);
  });

  it('are accepted by the ca of the settings, or where they are not looked at', async () => {
    const { url } = await serve((_request, response) => void response.end(), LOOPBACK_TLS);
    expect((await get(url, {}, { tls: { ca: [LOOPBACK_TLS.cert] } })).status).toBe(200);
    expect((await get(url, {}, { tls: { rejectUnauthorized: false } })).status).toBe(200);
  });
});

interface Proxy {
  readonly url: string;
  readonly asked: string[];
}

async function startProxy(
  options: { readonly credentials?: string; readonly status?: number; readonly isMute?: boolean } = {},
): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const refuses = (header: string | undefined): boolean =>
    options.credentials !== undefined && header !== `Basic ${Buffer.from(options.credentials).toString('base64')}`;
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (refuses(request.headers['proxy-authorization'])) response.writeHead(407).end();
    else response.writeHead(200).end('through the proxy');
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (options.isMute === true) return;
    const status = refuses(request.headers['proxy-authorization']) ? 407 : (options.status ?? 200);
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await listen(server);
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`, asked };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

describe('proxies', () => {
  const tls = { ca: [LOOPBACK_TLS.cert] };
  const through = (url: string, noProxy: readonly string[] = []) => ({ tls, proxies: { http: url, https: url, noProxy } });

  it('tunnel https, which stays end to end, and are used again', async () => {
    const { url } = await serve((_request, response) => void response.end('secret'), LOOPBACK_TLS);
    const proxy = await startProxy();
    const client = makeClient(through(proxy.url));
    for (let time = 0; time < 3; time += 1) {
      expect(Buffer.from((await client.request({ url, maximumBytes: 100 })).body).toString()).toBe('secret');
    }
    expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
    await expect(get(url, {}, { ...through(proxy.url), tls: {} })).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });

  it('are asked for plain http by its full address', async () => {
    const proxy = await startProxy();
    const answer = await get('http://127.0.0.1:9/x?y=1', {}, through(proxy.url));
    expect([Buffer.from(answer.body).toString(), proxy.asked]).toEqual(['through the proxy', ['GET http://127.0.0.1:9/x?y=1']]);
  });

  it('are given their own credentials', async () => {
    const { url } = await serve((_request, response) => void response.end(), LOOPBACK_TLS);
    const proxy = await startProxy({ credentials: 'me:p@ss' });
    const known = through(proxy.url.replace('//', '//me:p%40ss@'));
    expect((await get(url, {}, known)).status).toBe(200);
    expect((await get('http://127.0.0.1:9/', {}, known)).status).toBe(200);
    expect((await failure(get(url, {}, through(proxy.url)))).code).toBe('SOURCE_DENIED');
    const wrong = await failure(get('http://127.0.0.1:9/', {}, through(proxy.url.replace('//', '//me:hunter2@'))));
    expect([wrong.code, wrong.message.includes('hunter2')]).toEqual(['SOURCE_DENIED', false]);
  });

  it('that refuse or say nothing are named', async () => {
    const refusing = await startProxy({ status: 502 });
    expect((await failure(get('https://127.0.0.1:9/', {}, through(refusing.url)))).message).toMatch(/the proxy answers 502/);
    const mute = await startProxy({ isMute: true });
    const limits = { ...FAST, connectMilliseconds: 100, retries: 0 };
    const error = await failure(get('https://127.0.0.1:9/', {}, { ...through(mute.url), limits }));
    expect([error.code, error.message]).toEqual([
      'SOURCE_UNREACHABLE',
      expect.stringMatching(/does not answer in time|no connection|nothing comes/),
    ]);
  });

  it('are left out for hosts that are named', async () => {
    const { url } = await serve((_request, response) => void response.end('direct'));
    const proxy = await startProxy();
    expect(Buffer.from((await get(url, {}, through(proxy.url, ['127.0.0.1']))).body).toString()).toBe('direct');
    expect(proxy.asked).toEqual([]);
  });
});

describe('connecting', () => {
  it('does not wait for ever for the other end of TLS', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => sockets.push(socket));
    await listen(mute);
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      mute.close();
    });
    const { port } = mute.address() as { readonly port: number };
    const error = await failure(
      get(`https://127.0.0.1:${port}/`, {}, { limits: { ...FAST, connectMilliseconds: 100, idleMilliseconds: 5_000, retries: 0 } }),
    );
    expect([error.code, error.message]).toEqual(['SOURCE_UNREACHABLE', expect.stringMatching(/no connection in time/)]);
  });
});
