import type { Metrics } from '../../src/observability/metrics.js';

/** How many requests were counted under these labels. */
export async function countRequests({ registry }: Metrics, labels: Readonly<Record<string, string>>): Promise<number> {
  const metric = await registry.getSingleMetric('http_request_duration_seconds')?.get();
  const samples = (metric?.values ?? []) as { metricName?: string; labels: Record<string, unknown>; value: number }[];
  return samples
    .filter(({ metricName }) => metricName?.endsWith('_count'))
    .filter((sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
