import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FIXTURE_SECRET, readDelivery } from '../../fixtures/calcom/deliveries.ts';
import { refusingUrl } from '../../support/fault-server.ts';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  readLog,
  salonOf,
  stageSecret,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

const CREATED = readDelivery('001-chain-a-1-created').text;
const CANCELLED = JSON.stringify({
  ...JSON.parse(CREATED),
  triggerEvent: 'BOOKING_CANCELLED',
  createdAt: '2026-09-30T10:00:00.000Z',
});
const USERNAME = JSON.parse(CREATED).payload.organizer.username;
const SECRET = 'the-secret-of-this-salon-alone-1';
const OTHER_SECRET = 'the-secret-of-the-other-salon-22';

let webhook: Webhook;
let salonId: string;
let otherId: string;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
  salonId = await salonOf(webhook, USERNAME);
  const [other] = await webhook.database.query<{ id: string }>(
    'select id from public.salons where id <> $1 limit 1',
    [salonId],
  );
  otherId = other?.id ?? '';
  await stageSecret(webhook, salonId, SECRET);
  await stageSecret(webhook, otherId, OTHER_SECRET);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

describe("a delivery of a salon's own webhook", () => {
  test('is applied', async () => {
    expect(await webhook.sendOf(salonId, SECRET, CREATED))
      .toMatchObject({ status: 200, body: { action: 'applied' } });
    expect(await readAppointments(webhook.database))
      .toMatchObject([{ salon: USERNAME, client: 'Zofia', pet: 'Fiona' }]);
  });

  test('belongs to that salon, whoever hosts the booking', async () => {
    await webhook.sendOf(otherId, OTHER_SECRET, CREATED);
    expect(await readAppointments(webhook.database))
      .toEqual([expect.objectContaining({ salon: expect.not.stringMatching(USERNAME) })]);
  });

  test("causes one database call, if its salon's secrets are cached", async () => {
    await webhook.sendOf(salonId, SECRET, CREATED);
    const before = webhook.api.restRequests();
    for (const text of [CREATED, CANCELLED, readDelivery('065-ping-signed').text, '{']) {
      await webhook.sendOf(salonId, SECRET, text);
    }
    expect(webhook.api.restRequests() - before).toBe(4);
  });

  test('names the salon in the log line', async () => {
    await webhook.sendOf(salonId.toUpperCase(), SECRET, CREATED);
    await expect.poll(() => JSON.parse(webhook.running.stdout().trim().split('\n').at(-1) ?? ''))
      .toMatchObject({ salon_id: salonId, action: 'applied' });
  });

  test("that cannot be parsed is stored in that salon's log", async () => {
    expect(await webhook.sendOf(salonId, SECRET, '{')).toMatchObject({ status: 400 });
    expect(await webhook.database.query('select salon_id, action from public.webhook_logs'))
      .toEqual([{ salon_id: salonId, action: 'invalid' }]);
  });

  test('that another salon sent first, byte for byte, is not a duplicate', async () => {
    await webhook.sendOf(otherId, OTHER_SECRET, CANCELLED);
    expect(await webhook.sendOf(salonId, SECRET, CREATED)).toMatchObject({ status: 200 });
    expect(await webhook.sendOf(salonId, SECRET, CANCELLED))
      .toMatchObject({ body: { action: 'applied' } });
    expect(await readAppointments(webhook.database))
      .toMatchObject([{ status: 'cancelled', salon: USERNAME }]);
  });

  test('cannot touch the appointment of another salon', async () => {
    await webhook.sendOf(salonId, SECRET, CREATED);
    expect(await webhook.sendOf(otherId, OTHER_SECRET, CANCELLED)).toMatchObject({
      status: 200,
      body: { action: 'deferred', reason: 'other_salon', eventId: null },
    });
    expect(await readAppointments(webhook.database)).toMatchObject([{ status: 'scheduled' }]);
  });
});

describe('a delivery is refused', () => {
  const uuid = randomUUID();

  test.each([
    ["with another salon's secret", () => [salonId, OTHER_SECRET]],
    ['with the shared secret', () => [salonId, FIXTURE_SECRET]],
    ['as a salon that does not exist', () => [uuid, SECRET]],
    ['with an invalid salon id', () => ['psi-styl', SECRET]],
    ['with an empty salon id', () => ['', FIXTURE_SECRET]],
    ['with SQL in the salon id', () => [`${salonId}' or true --`, SECRET]],
  ])('%s, and the answer does not say which it is', async (_who, sender) => {
    const [salon = '', secret = ''] = sender();
    const { status, body } = await webhook.sendOf(salon, secret, CREATED);
    expect({ status, body }).toEqual({
      status: 401,
      body: {
        ok: false,
        code: 'signature_mismatch',
        error: 'Signature mismatch',
        hint: expect.any(String),
      },
    });
    expect(await readLog(webhook.database)).toEqual([]);
  });

  test("with the shared secret in place of the salon's, or the other way round", async () => {
    expect(await webhook.send(CREATED)).toMatchObject({ status: 200 });
    expect(await webhook.sendOf(salonId, FIXTURE_SECRET, CREATED)).toMatchObject({ status: 401 });
  });

  test('without a well-formed signature, and the database is not queried', async () => {
    const before = webhook.api.restRequests();
    for (const signature of [undefined, '', 'no-secret-provided', 'sha256=12']) {
      const headers: Record<string, string> = { 'x-forwarded-for': '203.0.113.8' };
      if (signature !== undefined) headers['x-cal-signature-256'] = signature;
      const init = { method: 'POST', body: CREATED, headers };
      expect(await webhook.request(init, `?salon=${randomUUID()}`)).toMatchObject({ status: 401 });
    }
    expect(webhook.api.restRequests()).toBe(before);
  });

  test('more than ten times a minute from one address', async () => {
    const init = {
      method: 'POST',
      body: CREATED,
      headers: { 'x-forwarded-for': '203.0.113.9', 'x-cal-signature-256': '1'.repeat(64) },
    };
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      statuses.push((await webhook.request(init, `?salon=${salonId}`)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect(await webhook.sendOf(salonId, SECRET, CREATED)).toMatchObject({ status: 200 });
  });
});

test('a flood of made-up salons causes one database call, and real deliveries still arrive', async () => {
  await webhook.restart();
  const before = webhook.api.restRequests();
  const flood = Array.from(
    { length: 50 },
    () => webhook.sendOf(randomUUID(), SECRET, CREATED),
  );
  for (const { status } of await Promise.all(flood)) expect([401, 429]).toContain(status);
  expect(webhook.api.restRequests() - before).toBe(1);
  expect(await webhook.sendOf(salonId, SECRET, CREATED)).toMatchObject({ status: 200 });
});

describe('without a shared secret', () => {
  test('salons with their own secret work, and the shared address is misconfigured', async () => {
    const own = await startWebhook({ CALCOM_WEBHOOK_SECRET: undefined });
    await loadWorld(own.database);
    const salon = await salonOf(own, USERNAME);
    await stageSecret(own, salon, SECRET);
    expect(await own.sendOf(salon, SECRET, CREATED)).toMatchObject({ status: 200 });
    expect(await own.send(CREATED))
      .toMatchObject({ status: 500, body: { code: 'server_misconfigured' } });
    await own.stop();
  });
});

describe('without the database', () => {
  test('the function asks for the delivery again, since it cannot be verified', async () => {
    const alone = await startWebhook({ SUPABASE_URL: await refusingUrl() });
    for (const secret of [SECRET, OTHER_SECRET]) {
      const { status, headers, body } = await alone.sendOf(randomUUID(), secret, CREATED);
      expect({ status, body })
        .toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
      expect(headers.get('retry-after')).toBe('30');
    }
    await alone.stop();
  });
});

describe('too many deliveries of a salon within a minute', () => {
  test('are answered 200, stored, and left to the retry job', async () => {
    const limited = await startWebhook({ CALCOM_WEBHOOK_RATE_LIMIT: '2' });
    await loadWorld(limited.database);
    const replies = [];
    for (
      const name of ['001-chain-a-1-created', '004-chain-b-1-created', '021-chain-g-1-created']
    ) {
      const delivery = JSON.parse(readDelivery(name).text);
      delivery.payload.organizer.username = USERNAME;
      replies.push(await limited.send(delivery));
    }
    expect(replies).toMatchObject([
      { status: 200, body: { action: 'applied' } },
      { status: 200, body: { action: 'applied' } },
      { status: 200, body: { action: 'deferred', reason: 'rate_limited', eventId: null } },
    ]);
    expect(await readAppointments(limited.database)).toHaveLength(2);
    await limited.stop();
  });
});
