import { afterAll, beforeAll, expect, test } from 'vitest';
import { booking, deliver } from '../../database/support/deliveries.ts';
import { createSalon } from '../../database/support/salons.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { refusingUrl } from '../../support/fault-server.ts';
import { startFunction, type TestFunction } from '../../support/functions.ts';

let database: TestDatabase;
let api: TestApi;
let health: TestFunction;

beforeAll(async () => {
  database = await createTestDatabase();
  const { id } = await createSalon(database);
  await deliver(database, booking({ title: 'Zofia Kaczmarek' }), { salonId: id });
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
  api = await startApi(database);
  health = await startFunction('health', api);
});
afterAll(async () => {
  await health.stop();
  await api.stop();
  await database.drop();
});

test('a monitor without a key sees that everything is healthy, and no personal data', async () => {
  const reply = await fetch(`${api.url}/functions/v1/health`);
  expect(reply.status).toBe(200);
  expect(await reply.json()).toEqual({
    ok: true,
    failing: [],
    checkedAt: expect.any(String),
    lastDeliveryAt: expect.any(String),
    oldestUnappliedAt: null,
    deadLetters: 0,
    passedOver: {},
    schedulerRanAt: null,
  });
});

test('many requests cause one database call', async () => {
  const before = api.restRequests();
  const replies = await Promise.all(Array.from({ length: 50 }, () => fetch(health.url)));
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect(api.restRequests() - before).toBeLessThanOrEqual(1);
});

test('problems are named by codes', async () => {
  const unhealthy = await startFunction('health', api);
  await database.query('select cron.unschedule($1)', ['barkbook_erase']);
  const reply = await fetch(unhealthy.url);
  expect(reply.status).toBe(503);
  expect(await reply.json()).toMatchObject({ ok: false, failing: ['jobs_missing'] });
  expect((await fetch(unhealthy.url, { method: 'HEAD' })).status).toBe(503);
  await unhealthy.stop();
});

test('an unreachable database is reported', async () => {
  const alone = await startFunction('health', api, { SUPABASE_URL: await refusingUrl() });
  const reply = await fetch(alone.url);
  expect(reply.status).toBe(503);
  expect(await reply.json())
    .toEqual({ ok: false, failing: ['database_unreachable'], checkedAt: expect.any(String) });
  await alone.stop();
});
