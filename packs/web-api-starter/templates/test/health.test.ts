import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { apiPrefix } from '../src/app.js';
import { healthRoutes } from '../src/health.js';
import { startTestApp } from './support/test-app.js';
import { openTestDatabase } from './support/test-database.js';

test('the health endpoint answers while the database does', async (context) => {
  const app = await startTestApp(context);
  const response = await app.inject('/health');
  assert.equal(response.statusCode, 200);
  assert.equal(response.json().status, 'ok');
});

test('the health endpoint answers 503 when the database does not', async (context) => {
  const database = await openTestDatabase();
  const app = Fastify();
  context.after(() => app.close());
  await app.register(healthRoutes, { database });
  await database.close();
  const response = await app.inject('/health');
  assert.equal(response.statusCode, 503);
  assert.equal(response.json().status, 'unavailable');
});

test('an unknown path is a 404 in JSON', async (context) => {
  const app = await startTestApp(context);
  const response = await app.inject(`${apiPrefix}/nothing-here`);
  assert.equal(response.statusCode, 404);
  assert.equal(response.json().error, 'Not Found');
});
