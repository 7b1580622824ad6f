import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { Agents } from './agents.ts';
import { invalidResponse, ResponseTooLarge, TransientFailure } from './network-error.ts';

/** One request to one address: no redirects, no second attempt. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly proxy: URL | undefined;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | undefined;
  readonly maximumBytes: number;
  readonly connectMilliseconds: number;
  readonly idleMilliseconds: number;
  /** Ends the exchange; also when the whole request has taken too long. */
  readonly signal: AbortSignal;
  readonly onBytes: ((received: number, total: number | undefined) => void) | undefined;
  /** Looks at the head before any of the body is read; throws to refuse it. */
  readonly checkHead: (status: number, headers: IncomingHttpHeaders) => void;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Of an answer that says only what went wrong, this much is read. */
const MAX_ERROR_BYTES = 64 * 1024;

/** Sends a request and reads the whole answer, within the limits. */
export async function exchange(hop: Hop, agents: Agents): Promise<Answer> {
  const ending: Ending = { reason: undefined };
  const response = await openResponse(hop, agents, ending);
  const { statusCode: status = 0, headers } = response;
  try {
    if (status >= 300 && status < 400 && status !== 304) return { status, headers, body: new Uint8Array() };
    if (status < 400) hop.checkHead(status, headers);
    const body = await readBody(response, hop, status);
    return { status, headers, body: decode(body, headers, hop) };
  } catch (error) {
    throw ending.reason ?? error;
  } finally {
    // An answer that was not read to its end would hold its connection.
    if (!response.readableEnded) response.destroy();
  }
}

/** Why an exchange was ended from here; its answer itself only knows that it was cut off. */
interface Ending {
  reason: Error | undefined;
}

function openResponse(hop: Hop, agents: Agents, ending: Ending): Promise<IncomingMessage> {
  const { url, proxy, method, headers, body, signal } = hop;
  return new Promise((resolve, reject) => {
    const sent = agents.open(url, proxy, { method, headers });
    const stop = (): void => void sent.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    sent.on('close', () => signal.removeEventListener('abort', stop));
    sent.setTimeout(hop.idleMilliseconds, () => {
      ending.reason = new TransientFailure('nothing comes any more');
      sent.destroy(ending.reason);
    });
    sent.on('socket', (socket) => watchConnecting(socket as TLSSocket, hop, (failure) => sent.destroy(failure)));
    sent.on('error', reject);
    sent.on('response', resolve);
    sent.end(body);
  });
}

function watchConnecting(socket: TLSSocket, hop: Hop, fail: (failure: Error) => void): void {
  if (!socket.connecting) return;
  const timer = setTimeout(() => fail(new TransientFailure('no connection in time')), hop.connectMilliseconds);
  const isTls = hop.url.protocol === 'https:' || hop.proxy?.protocol === 'https:';
  socket.once(isTls ? 'secureConnect' : 'connect', () => clearTimeout(timer));
  socket.once('close', () => clearTimeout(timer));
}

async function readBody(response: IncomingMessage, hop: Hop, status: number): Promise<Uint8Array> {
  const stated = response.headers['content-length'];
  const total = stated === undefined ? undefined : Number(stated);
  const isError = status >= 400;
  const limit = isError ? MAX_ERROR_BYTES : hop.maximumBytes;
  if (!isError && total !== undefined && total > limit) throw tooLarge(hop);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    received += chunk.byteLength;
    if (received > limit && isError) break;
    if (received > limit) throw tooLarge(hop);
    chunks.push(chunk);
    if (!isError) hop.onBytes?.(received, total);
  }
  if (!isError && hop.method !== 'HEAD' && total !== undefined && status !== 304 && received !== total) {
    throw new TransientFailure(`the answer ended after ${received} of ${total} bytes`);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge({ url, maximumBytes }: Hop): Error {
  const reason = `it has more than ${maximumBytes} bytes`;
  return invalidResponse(url.href, reason, new ResponseTooLarge(reason));
}

/** Undoes the compression that was asked for. */
function decode(body: Uint8Array, headers: IncomingHttpHeaders, hop: Hop): Uint8Array {
  const encoding = headers['content-encoding']?.toLowerCase();
  if (hop.headers['accept-encoding'] !== 'gzip' || body.byteLength === 0 || encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw invalidResponse(hop.url.href, `it is compressed by ${encoding}`);
  try {
    return new Uint8Array(gunzipSync(body, { maxOutputLength: hop.maximumBytes }));
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(hop);
    throw invalidResponse(hop.url.href, 'its compression is damaged', error);
  }
}
