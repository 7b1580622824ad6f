import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveFront } from '../src/front/serve-front.js';

async function startFront(context: TestContext, files: Record<string, string>): Promise<FastifyInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'front-'));
  context.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  const app = Fastify();
  context.after(() => app.close());
  app.get('/api/notes', async () => []);
  await serveFront(app, { folder, apiPrefix: '/api' });
  return app;
}

const built = { 'index.html': '<!doctype html>home', 'theme.js': '1', 'assets/index-abc123.js': '2' };
const browser = { accept: 'text/html,*/*;q=0.8' };

test('the built pages are served, those with a hash in their name to be kept', async (context) => {
  const app = await startFront(context, built);
  const cases = [
    ['/', 'text/html; charset=utf-8', 'no-cache', built['index.html']],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache', built['index.html']],
    ['/theme.js', 'text/javascript; charset=utf-8', 'no-cache', '1'],
    ['/assets/index-abc123.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', '2'],
  ] as const;
  for (const [url, type, cache, body] of cases) {
    const response = await app.inject(url);
    assert.deepEqual([response.statusCode, response.body], [200, body], url);
    assert.deepEqual([response.headers['content-type'], response.headers['cache-control']], [type, cache], url);
    assert.match(String(response.headers['content-security-policy']), /default-src 'self'/);
  }
});

test('a place inside the page is the page, but only for a browser', async (context) => {
  const app = await startFront(context, built);
  assert.equal((await app.inject({ url: '/notes/42', headers: browser })).body, built['index.html']);
  assert.equal((await app.inject('/notes/42')).statusCode, 404);
  assert.equal((await app.inject({ method: 'POST', url: '/notes/42', headers: browser })).statusCode, 404);
});

test('the API stays the API', async (context) => {
  const app = await startFront(context, built);
  assert.deepEqual((await app.inject({ url: '/api/notes', headers: browser })).json(), []);
  const unknown = await app.inject({ url: '/api/nothing', headers: browser });
  assert.deepEqual([unknown.statusCode, unknown.json().error], [404, 'Not Found']);
});

test('no file outside the folder is served', async (context) => {
  const app = await startFront(context, built);
  for (const url of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json']) {
    assert.equal((await app.inject(url)).statusCode, 404, url);
  }
});

test('without built pages there is only the API', async (context) => {
  const app = await startFront(context, {});
  assert.equal((await app.inject({ url: '/', headers: browser })).statusCode, 404);
  assert.equal((await app.inject('/api/notes')).statusCode, 200);
});
