import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type NetWorker, startNetWorker } from '../../local/stand-ins/net/net-worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type HttpReceiver, type ReceivedRequest, startReceiver } from './support/http-receiver.ts';

// What arrives where alerts go, through pg_net, in the form that each receiver documents.
const PATIENCE = { timeout: 8_000, interval: 50 };
const TEXT = /^Over: test, alerts arrive here \(\d{4}-\d\d-\d\d \d\d:\d\d to .* UTC\)$/;

let database: TestDatabase;
let receiver: HttpReceiver;
let netWorker: NetWorker;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(
    'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
  );
  receiver = await startReceiver();
  netWorker = startNetWorker({ databaseUrl: database.adminUrl, say: () => {} });
});
beforeEach(async () => {
  await database.query(`select private.setup_alerts('', null, '', '', '', '')`);
  await database.query('delete from private.alerts');
});
afterAll(async () => {
  await netWorker.stop();
  receiver.stop();
  await database.drop();
});

const setUp = (settings: string, values: readonly string[]) =>
  database.query(`select private.setup_alerts(${settings}) as channels`, [...values]);

/** Runs the job once, and returns what arrived at the path with the body read. */
async function received(path: string): Promise<ReceivedRequest & { json: unknown }> {
  const before = receiver.requestsTo(path).length;
  await database.query('select private.send_alerts()');
  await expect.poll(() => receiver.requestsTo(path).length, PATIENCE).toBe(before + 1);
  const request = receiver.requestsTo(path)[before];
  if (!request) throw new Error('nothing arrived');
  return { ...request, json: JSON.parse(request.body) };
}
/** Nothing is left to tell once the answer was read. */
async function accepted(): Promise<void> {
  await expect.poll(() =>
    database.query(
      'select from net._http_response r join private.alerts a on a.request_id = r.id',
    ), PATIENCE).toHaveLength(1);
  await database.query('select private.send_alerts()');
  expect(await database.query('select request_id, failure from private.alerts')).toEqual([
    { request_id: null, failure: null },
  ]);
}

describe('a message', () => {
  test.each<[format: string, address: string, path: string, body: unknown]>([
    ['slack', '/services/T0/B0/x', '/services/T0/B0/x', { text: expect.stringMatching(TEXT) }],
    ['discord', '/api/webhooks/1/x', '/api/webhooks/1/x', { content: expect.stringMatching(TEXT) }],
    ['ntfy', '/our-alerts', '/', {
      topic: 'our-alerts',
      title: 'BarkBook',
      message: expect.stringMatching(TEXT),
    }],
  ])('for %s', async (format, address, path, body) => {
    await setUp('$1, $2', [receiver.url + address, format]);
    const request = await received(path);
    expect(request).toMatchObject({ method: 'POST', json: body });
    expect(request.headers['content-type']).toBe('application/json');
    await accepted();
  });

  test('for a topic of ntfy in a folder, with a token', async () => {
    await setUp('$1, $2', [`${receiver.url}/push/our-alerts?auth=dG9rZW4`, 'ntfy']);
    const request = await received('/push/');
    expect(request.url.search).toBe('?auth=dG9rZW4');
    expect(request.json).toMatchObject({ topic: 'our-alerts' });
    await accepted();
  });

  test('by e-mail', async () => {
    const from = 'BarkBook <alerts@barkbook.example>';
    await setUp(
      'p_email_key => $1, p_email_from => $2, p_email_to => $3, p_email_url => $4',
      ['re_key', from, 'operator@barkbook.example', `${receiver.url}/emails`],
    );
    const request = await received('/emails');
    expect(request.json).toEqual({
      from,
      to: ['operator@barkbook.example'],
      subject: 'BarkBook alert',
      text: expect.stringMatching(TEXT),
    });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'authorization': 'Bearer re_key',
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await accepted();
  });

  test('that was lost is repeated with the same key, so that one e-mail is sent', async () => {
    await setUp(
      'p_email_key => $1, p_email_from => $2, p_email_to => $3, p_email_url => $4',
      ['re_key', 'a@barkbook.example', 'b@barkbook.example', `${receiver.url}/lost`],
    );
    const first = await received('/lost');
    await database.query(
      `update private.alerts set request_id = -1, requested_at = now() - interval '1 hour'`,
    );
    const second = await received('/lost');
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key']);
    expect(second.body).toBe(first.body);
  });
});
