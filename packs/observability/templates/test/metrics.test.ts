import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createMetrics } from '../src/observability/metrics.js';
import { observeServer } from '../src/observability/observe-http.js';
import { countRequests } from './support/count-requests.js';

test('a request is counted under its method, route and status', async () => {
  const metrics = createMetrics('tested');
  metrics.observeRequest({ method: 'GET', route: '/notes/:id', status: 200, seconds: 0.03 });
  metrics.observeRequest({ method: 'GET', route: '/notes/:id', status: 200, seconds: 3 });
  metrics.observeRequest({ method: 'GET', route: '/notes/:id', status: 404, seconds: 0.03 });
  assert.equal(await countRequests(metrics, { method: 'GET', route: '/notes/:id', status: '200' }), 2);
  assert.equal(await countRequests(metrics, { status: '404' }), 1);
});

test('two services in one process do not share their metrics', async () => {
  const [one, other] = [createMetrics('one'), createMetrics('other')];
  one.observeRequest({ method: 'GET', route: '/', status: 200, seconds: 1 });
  assert.equal(await countRequests(other, {}), 0);
});

test('the process is measured', async () => {
  const text = await createMetrics('tested').registry.metrics();
  assert.match(text, /^process_resident_memory_bytes\{service="tested"\} \d+/m);
});

test('a plain server is observed, whatever becomes of the request', async () => {
  const metrics = createMetrics('tested');
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/' ? 204 : 404;
    response.end();
  });
  observeServer(server, metrics, ({ url }) => (url === '/' ? '/' : '(no route)'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  for (const path of ['/', '/a', '/b']) await fetch(`http://127.0.0.1:${port}${path}`);
  // Requests are counted when their connection is done with them, which is before the server is closed.
  await once(server.close(), 'close');

  assert.equal(await countRequests(metrics, { method: 'GET', route: '/', status: '204' }), 1);
  assert.equal(await countRequests(metrics, { method: 'GET', route: '(no route)', status: '404' }), 2);
});
