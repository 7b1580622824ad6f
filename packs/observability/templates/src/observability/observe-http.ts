import type { IncomingMessage, Server } from 'node:http';
import type { Metrics } from './metrics.js';

/** Observes every request of a plain server; `routeOf` gives the pattern of the route, not the path. */
export function observeServer(server: Server, metrics: Metrics, routeOf: (request: IncomingMessage) => string): void {
  server.on('request', (request, response) => {
    const started = performance.now();
    response.once('close', () => {
      metrics.observeRequest({
        method: request.method ?? 'GET',
        route: routeOf(request),
        status: response.statusCode,
        seconds: (performance.now() - started) / 1000,
      });
    });
  });
}
