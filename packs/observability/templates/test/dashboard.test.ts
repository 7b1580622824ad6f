import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createMetrics } from '../src/observability/metrics.js';

const ops = new URL('../ops/', import.meta.url);

/** What Prometheus makes of the metrics of this service, and what it adds itself. */
async function knownSeries(): Promise<Set<string>> {
  const metrics = await createMetrics('tested').registry.getMetricsAsJSON();
  const names = metrics.flatMap(({ name, type }) =>
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  return new Set(['up', ...names]);
}

/** The series a query asks for: names that are neither functions nor labels. */
function seriesOf(query: string): string[] {
  const bare = query.replace(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|without)\s*\([^)]*\)/g, ' ');
  const words = bare.match(/[a-z_][a-z0-9_]*(?!\w*\s*\()/g) ?? [];
  return words.filter((word) => word !== 'and' && word !== 'or');
}

test('every panel of the dashboard asks for metrics that exist', async () => {
  const dashboard = JSON.parse(await readFile(new URL('grafana/dashboards/service.json', ops), 'utf8'));
  const queries: string[] = dashboard.panels.flatMap(({ targets = [] }) =>
    (targets as { expr: string }[]).map(({ expr }) => expr),
  );
  const known = await knownSeries();
  assert.ok(queries.length >= 6);
  for (const query of queries) for (const name of seriesOf(query)) assert.ok(known.has(name), `${name} in ${query}`);
});

test('every alert asks for metrics that exist', async () => {
  const rules = await readFile(new URL('prometheus/alerts.yml', ops), 'utf8');
  const queries = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, query]) => query ?? '');
  const known = await knownSeries();
  assert.ok(queries.length >= 4);
  for (const query of queries) for (const name of seriesOf(query)) assert.ok(known.has(name), `${name} in ${query}`);
});
