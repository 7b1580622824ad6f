import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface ObservedRequest {
  readonly method: string;
  /** The pattern of the route, such as `/notes/:id`. Never the path itself: each value of a label is a time series of its own. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  /** For metrics of your own: `new Counter({ name, help, registers: [metrics.registry] })`. */
  readonly registry: Registry;
  observeRequest(request: ObservedRequest): void;
}

/** The metrics of one service: those of the process (memory, event loop, garbage collection), and how long requests take. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, from the first byte to the end of the response.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    observeRequest({ method, route, status, seconds }) {
      durations.observe({ method, route, status: String(status) }, seconds);
    },
  };
}
