import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiPrefix } from '../src/app.js';
import { migrate } from '../src/database/migrate.js';
import { createWaitlist } from '../src/waitlist/repository.js';
import { startTestApp } from './support/test-app.js';
import { openTestDatabase } from './support/test-database.js';

const url = `${apiPrefix}/waitlist`;

test('people join the waitlist, each address once', async (context) => {
  const app = await startTestApp(context);
  for (const email of ['ada@example.com', 'Ada@Example.com', 'grace@example.com']) {
    const joined = await app.inject({ method: 'POST', url, payload: { email, source: 'launch-page' } });
    assert.equal(joined.statusCode, 202, joined.body);
  }
  assert.deepEqual((await app.inject({ url })).json(), { size: 2 });
});

test('what is no address is refused', async (context) => {
  const app = await startTestApp(context);
  for (const payload of [
    {},
    { email: 'ada' },
    { email: 'ada@example.com', name: 'Ada' },
    { email: 'a@b.c', source: 'A B' },
  ]) {
    assert.equal((await app.inject({ method: 'POST', url, payload })).statusCode, 400, JSON.stringify(payload));
  }
  assert.deepEqual((await app.inject({ url })).json(), { size: 0 });
});

test('whoever asks to be forgotten is', async (context) => {
  const database = await openTestDatabase();
  context.after(() => database.close());
  await migrate(database);
  const waitlist = createWaitlist(database);
  await waitlist.join({ email: 'ada@example.com', source: 'site' });
  assert.equal(await waitlist.leave('ADA@example.com'), true);
  assert.equal(await waitlist.leave('ada@example.com'), false);
  assert.equal(await waitlist.size(), 0);
});
