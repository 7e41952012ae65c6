import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { freePort, LOOPBACK } from '../../local/setup/ports.ts';
import { type NetWorker, startNetWorker } from '../../local/stand-ins/net/net-worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpReceiver, startReceiver } from './support/http-receiver.ts';

const PATIENCE = { timeout: 8_000, interval: 50 };
const PROMPT_MS = 1_000;

let database: TestDatabase;
let netWorker: NetWorker;
let receiver: HttpReceiver;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'bare' });
  receiver = await startReceiver();
  netWorker = startNetWorker({ databaseUrl: database.adminUrl, say: () => {} });
});

afterAll(async () => {
  await netWorker.stop();
  receiver.stop();
  await database.drop();
});

async function post(url: string, timeoutMs = 5_000): Promise<string | undefined> {
  const [row] = await database.query<{ id: string }>(
    `select net.http_post(
       url => $1, body => '{"dryRun": true}', params => '{"q": "zażółć"}',
       headers => '{"apikey": "sb_secret_cron", "content-type": "application/json"}',
       timeout_milliseconds => $2) as id`,
    [url, timeoutMs],
  );
  return row?.id;
}

async function answer(requestId: string | undefined): Promise<unknown> {
  const rows = await database.query(
    `select status_code, content_type, content, timed_out, error_msg
     from net._http_response where id = $1`,
    [requestId],
  );
  return rows[0];
}

describe.concurrent('a queued request', () => {
  test('is sent unchanged, and its answer is stored', async ({ expect }) => {
    const id = await post(`${receiver.url}/whole`);

    await expect.poll(() => answer(id), PATIENCE).toEqual({
      status_code: 202,
      content_type: 'application/json',
      content: '{"ok":true}',
      timed_out: false,
      error_msg: null,
    });
    const [request] = receiver.requestsTo('/whole');
    expect(request).toMatchObject({
      method: 'POST',
      headers: { apikey: 'sb_secret_cron', 'content-type': 'application/json' },
      body: '{"dryRun": true}',
    });
    expect(request?.url.searchParams.get('q')).toBe('zażółć');
  });

  test('that times out is recorded as such', async ({ expect }) => {
    const id = await post(`${receiver.url}/silent`, 100);

    await expect.poll(() => answer(id), PATIENCE).toMatchObject({
      status_code: null,
      timed_out: true,
      error_msg: 'Timeout of 100 ms reached',
    });
  });

  test('that cannot connect is recorded as such', async ({ expect }) => {
    const id = await post(`http://${LOOPBACK}:${await freePort()}`);

    await expect.poll(() => answer(id), PATIENCE).toMatchObject({
      status_code: null,
      timed_out: false,
      error_msg: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('has its answer deleted after six hours', async ({ expect }) => {
    await database.query(
      `insert into net._http_response (id, created)
       values (-1, now() - interval '7 hours'), (-2, now() - interval '5 hours')`,
    );
    const id = await post(`${receiver.url}/later`);

    await expect.poll(() => answer(id), PATIENCE).toBeDefined();
    expect(await answer('-1')).toBeUndefined();
    expect(await answer('-2')).toBeDefined();
  });
});

test('a request is sent again when the connection was lost before its answer', async () => {
  const id = await post(`${receiver.url}/slow`);
  await expect.poll(() => receiver.requestsTo('/slow').length, PATIENCE).toBe(1);

  await withClient(database.adminUrl, (client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    ));

  await expect.poll(() => answer(id), PATIENCE).toMatchObject({ status_code: 202 });
  expect(receiver.requestsTo('/slow')).toHaveLength(2);
});

test('stopping does not wait for an answer, and the request stays queued', async () => {
  const before = receiver.requestsTo('/silent').length;
  const id = await post(`${receiver.url}/silent`, 60_000);
  await expect.poll(() => receiver.requestsTo('/silent').length, PATIENCE).toBe(before + 1);

  const startedAt = performance.now();
  await netWorker.stop();

  expect(performance.now() - startedAt).toBeLessThan(PROMPT_MS);
  expect(await database.query('select from net.http_request_queue where id = $1', [id]))
    .toHaveLength(1);
});
