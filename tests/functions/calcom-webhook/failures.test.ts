import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FIXTURE_SECRET, readDelivery } from '../../fixtures/calcom/deliveries.ts';
import { emptyCalendar, readLog, startWebhook, type Webhook } from '../support/calcom-webhook.ts';
import { lastLogLine } from '../support/function-stack.ts';

/** The discard port, on which nothing listens. */
const CLOSED_URL = 'http://127.0.0.1:9';

const CREATED = readDelivery('001-chain-a-1-created');
const BROKEN = readDelivery('116-bad-json-truncated');

let webhook: Webhook;

beforeAll(async () => {
  webhook = await startWebhook();
});
beforeEach(() => emptyCalendar(webhook.database));
afterAll(() => webhook.stop());

test('the function logs only the code of a call that the database refuses', async () => {
  await webhook.database.query(
    `revoke execute on function public.upsert_calendar_event
     from service_role`,
  );
  const { status, text } = await webhook.deliver(CREATED);
  expect(status).toBe(503);
  expect(text).not.toMatch(/permission|function|upsert/i);
  expect(await lastLogLine(webhook)).toMatchObject({ msg: 'webhook refused: 42501' });
  await webhook.database.query(
    'grant execute on function public.upsert_calendar_event to service_role',
  );
});

describe('without its database', () => {
  beforeAll(() => webhook.reconfigure({ SUPABASE_URL: CLOSED_URL }));

  test('the function asks for the delivery again', async () => {
    const { status, headers, body } = await webhook.deliver(CREATED);
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { ok: false, code: 'database_unavailable' },
    });
    expect(headers.get('retry-after')).toBe('30');
    expect(await lastLogLine(webhook)).toMatchObject({
      level: 'error',
      code: 'database_unavailable',
    });
  });

  test('it asks for an unusable delivery again too, since it was not stored', async () => {
    expect(await webhook.deliver(BROKEN)).toMatchObject({ status: 503 });
  });

  test('it still refuses an invalid signature', async () => {
    expect(await webhook.deliver(readDelivery('110-sig-wrong-secret')))
      .toMatchObject({ status: 401 });
  });
});

describe('without its configuration', () => {
  test.each([
    ['CALCOM_WEBHOOK_SECRET', { CALCOM_WEBHOOK_SECRET: undefined }],
    ['CALCOM_WEBHOOK_SECRET', { CALCOM_WEBHOOK_SECRET: ', ' }],
    ['CALCOM_WEBHOOK_SECRET', { CALCOM_WEBHOOK_SECRET: 'fifteen-letters' }],
    ['SUPABASE_URL', { SUPABASE_URL: undefined }],
    ['SUPABASE_SECRET_KEYS', {
      SUPABASE_SECRET_KEYS: undefined,
      SUPABASE_SERVICE_ROLE_KEY: undefined,
    }],
  ])('the function accepts nothing and names %s in its log', async (missing, env) => {
    await webhook.reconfigure(env);
    expect(await webhook.deliver(CREATED))
      .toMatchObject({ status: 500, body: { ok: false, code: 'server_misconfigured' } });
    expect(await lastLogLine(webhook))
      .toMatchObject({ level: 'error', msg: `webhook refused: ${missing}` });
    expect(await readLog(webhook.database)).toEqual([]);
  });
});

describe('with other configurations', () => {
  test('an old secret is accepted beside the new one', async () => {
    await webhook.reconfigure({
      CALCOM_WEBHOOK_SECRET: `a-new-secret-of-all, ${FIXTURE_SECRET}`,
    });
    expect(await webhook.deliver(CREATED)).toMatchObject({ status: 200 });
  });

  test('an old secret is refused once it is gone', async () => {
    await webhook.reconfigure({ CALCOM_WEBHOOK_SECRET: 'a-new-secret-of-all' });
    expect(await webhook.deliver(CREATED)).toMatchObject({ status: 401 });
  });

  test('the legacy key alone is enough', async () => {
    await webhook.reconfigure({ SUPABASE_SECRET_KEYS: undefined });
    expect(await webhook.deliver(CREATED)).toMatchObject({ status: 200 });
  });
});
