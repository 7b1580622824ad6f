import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsConfig } from './config.js';
import type { Metrics } from './metrics.js';
import { checkReadiness, type ReadinessOptions } from './readiness.js';

export interface MetricsServerOptions extends MetricsConfig, ReadinessOptions {
  readonly metrics: Metrics;
}

export interface MetricsServer {
  /** The port it listens on; of use when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers Prometheus and the probes on a port of their own, so that they work while the service is busy and stay unreachable from outside:
 * GET /metrics, /livez (the process runs) and /readyz (503 while a check fails).
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: MetricsServerOptions,
): Promise<void> {
  const [path] = (request.url ?? '/').split('?');
  const route = routes.get(path ?? '');
  if (route === undefined) {
    send(response, { status: 404, type: 'text/plain', body: 'Not Found\n' });
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(response.setHeader('allow', 'GET, HEAD'), { status: 405, type: 'text/plain', body: 'Method Not Allowed\n' });
  } else {
    send(response, await route(options));
  }
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const routes = new Map<string, (options: MetricsServerOptions) => Promise<Answer>>([
  [
    '/metrics',
    async ({ metrics: { registry } }) => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  ],
  ['/livez', async () => ({ status: 200, type: 'application/json', body: '{"status":"ok"}\n' })],
  [
    '/readyz',
    async (options) => {
      const { isReady, checks } = await checkReadiness(options);
      const body = `${JSON.stringify({ status: isReady ? 'ok' : 'unavailable', checks })}\n`;
      return { status: isReady ? 200 : 503, type: 'application/json', body };
    },
  ],
]);

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
