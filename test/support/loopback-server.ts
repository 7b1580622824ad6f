import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server on 127.0.0.1 that a test starts and really stops. */
export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Ends it, with all connections. */
  stop(): Promise<void>;
}

export function startServer(listener: RequestListener, tls?: ServerOptions): Promise<LoopbackServer> {
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const stop = (): Promise<void> => {
        server.closeAllConnections();
        return new Promise((stopped) => server.close(() => stopped()));
      };
      resolve({ url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, stop });
    });
  });
}
