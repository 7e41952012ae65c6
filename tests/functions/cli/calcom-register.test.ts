import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, type DataApi } from '../../../cli/project/data-api.ts';
import { findSalon } from '../../../cli/project/salons.ts';
import { createVault, type Vault } from '../../../cli/project/vault.ts';
import { openAccount } from '../../../cli/register/account.ts';
import { register, type Registration } from '../../../cli/register/register.ts';
import { remove } from '../../../cli/register/remove.ts';
import { BOOKING_TRIGGERS } from '../../../shared/calcom/calendar-booking.ts';
import { createSalon } from '../../database/support/booking.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../../support/calcom-webhook-server.ts';
import { startWebhook, type Webhook } from '../calcom-webhook/support.ts';

/** A salon, its account at Cal.com, and the function its webhook sends to. */
let webhook: Webhook;
let calcom: CalcomWebhookServer;
let database: DataApi;
let functionsUrl: string;
let vault: Vault;
let salonId: string;
let bookings = 0;

beforeEach(async () => {
  webhook = await startWebhook();
  calcom = await startCalcomWebhookServer('Psi-Styl');
  salonId = (await createSalon(webhook.database)).id;
  database = connect(webhook.api.url, webhook.api.secretKey);
  functionsUrl = `${webhook.api.url}/functions/v1`;
  vault = createVault(database, salonId);
  vi.stubEnv('CALCOM_API_URL', calcom.url);
  vi.stubEnv('CALCOM_API_KEY', calcom.apiKey);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await calcom.stop();
  await webhook.stop();
});

const account = async () =>
  await openAccount(await findSalon('psi-STYL', database), functionsUrl, vault);
/** Registers without waiting; `meanwhile` is what happens while Cal.com has yet to get the secret. */
const run = async (
  { rotate = false, meanwhile = async () => {} } = {},
): Promise<Registration> =>
  await register(await account(), { rotate, wait: meanwhile, say: () => {} });
const secrets = async () =>
  (await webhook.database.query<{ secrets: string[] }>(
    'select public.webhook_secrets($1) as secrets',
    [salonId],
  ))[0]?.secrets ?? [];
const isPending = async () =>
  (await webhook.database.query(
    `select from private.previous_webhook_secrets($1) where honoured_until = 'infinity'`,
    [salonId],
  )).length > 0;
const book = async () =>
  await calcom.send({
    triggerEvent: 'BOOKING_CREATED',
    createdAt: '2026-09-01T10:00:00Z',
    payload: {
      uid: `booking-${++bookings}`,
      title: 'Wizyta',
      startTime: '2026-12-01T09:00:00Z',
      endTime: '2026-12-01T10:00:00Z',
    },
  });
describe('registering', () => {
  test("makes a webhook whose deliveries are the salon's", async () => {
    expect(await run()).toMatchObject({
      created: true,
      hasNewSecret: true,
      unknownTriggers: [],
      keptTemplate: false,
      others: [],
    });
    expect(calcom.webhooks).toMatchObject([{
      subscriberUrl: `${functionsUrl}/calcom-webhook?salon=${salonId}`,
      active: true,
      triggers: [...BOOKING_TRIGGERS],
      payloadTemplate: null,
      secret: (await secrets())[0],
    }]);
    expect(calcom.webhooks[0]?.secret).toMatch(/^[\w-]{43}$/);
    expect((await book()).status).toBe(200);
    expect(await webhook.database.query('select salon_id from public.calendar_events'))
      .toEqual([{ salon_id: salonId }]);
  });

  test('again changes nothing', async () => {
    const { id } = await run();
    const [before] = structuredClone(calcom.webhooks);
    expect(await run()).toMatchObject({ id, created: false, hasNewSecret: false });
    expect(calcom.webhooks).toEqual([before]);
  });

  test('completes what somebody changed in Cal.com', async () => {
    await run();
    const secret = calcom.webhooks[0]?.secret;
    Object.assign(calcom.webhooks[0] ?? {}, {
      active: false,
      triggers: ['BOOKING_CREATED'],
      secret: 'typed-by-hand',
      payloadTemplate: '{"id":"{{uid}}"}',
    });
    await run();
    expect(calcom.webhooks).toMatchObject([
      { active: true, triggers: [...BOOKING_TRIGGERS], secret, payloadTemplate: null },
    ]);
  });

  test('keeps the API key once Cal.com has accepted it', async () => {
    await run();
    expect(await vault.apiKey()).toBe(calcom.apiKey);
    vi.stubEnv('CALCOM_API_KEY', '');
    expect(await run()).toMatchObject({ created: false });
  });

  test('leaves other webhooks alone and names those to the same function', async () => {
    const shared = `${functionsUrl}/calcom-webhook`;
    calcom.add({ subscriberUrl: shared });
    calcom.add({ subscriberUrl: 'https://elsewhere.example/hook' });
    expect((await run()).others.map(({ subscriberUrl }) => subscriberUrl)).toEqual([shared]);
    expect(calcom.webhooks).toHaveLength(3);
  });

  test('finds the webhook on a later page', async () => {
    for (let made = 0; made < 260; made++) {
      calcom.add({ subscriberUrl: `https://elsewhere.example/${made}` });
    }
    const { id } = await run();
    expect(await run()).toMatchObject({ id, created: false });
  });

  test.each(['MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'])(
    'does without %s where Cal.com does not know it',
    async (unknown) => {
      await calcom.stop();
      const triggers = BOOKING_TRIGGERS.filter((trigger) => trigger !== unknown);
      calcom = await startCalcomWebhookServer('psi-styl', { triggers });
      vi.stubEnv('CALCOM_API_URL', calcom.url);
      expect(await run()).toMatchObject({ created: true, unknownTriggers: [unknown] });
      expect(calcom.webhooks[0]?.triggers.toSorted()).toEqual(triggers.toSorted());
      expect(await run()).toMatchObject({ created: false, unknownTriggers: [unknown] });
      expect((await book()).status).toBe(200);
    },
  );
});

describe('replacing the secret', () => {
  test('refuses no delivery, at any moment', async () => {
    await run();
    const old = calcom.webhooks[0]?.secret;
    expect((await book()).status).toBe(200);
    await run({
      rotate: true,
      meanwhile: async () => {
        await webhook.restart();
        expect(calcom.webhooks[0]?.secret).toBe(old);
        expect((await book()).status).toBe(200);
      },
    });
    expect(calcom.webhooks[0]?.secret).not.toBe(old);
    expect((await book()).status).toBe(200);
    expect(await secrets()).toEqual([calcom.webhooks[0]?.secret, old]);
    expect(await isPending()).toBe(false);
  });

  test.each<[string, number | 'lost_answer']>([
    ['did not reach Cal.com', 503],
    ['reached Cal.com, which could not say so', 'lost_answer'],
  ])('that %s leaves both secrets accepted, and the next run ends it', async (_how, fault) => {
    await run();
    const old = calcom.webhooks[0]?.secret;
    calcom.failNext('PATCH', fault);
    await expect(run({ rotate: true, meanwhile: webhook.restart })).rejects.toThrow(
      /run this again/,
    );
    expect(await isPending()).toBe(true);
    expect((await book()).status).toBe(200);
    const accepted = await secrets();
    expect(accepted).toHaveLength(2);
    expect(accepted).toContain(old);

    expect(await run({ rotate: true })).toMatchObject({ created: false });
    expect(calcom.webhooks[0]?.secret).toBe(accepted[0]);
    expect(await isPending()).toBe(false);
    expect((await book()).status).toBe(200);
  });

  test('that could not be noted as done is noted by the next run', async () => {
    await run();
    await webhook.database.query(
      'revoke execute on function public.confirm_webhook_secret from service_role',
    );
    await expect(run({ rotate: true, meanwhile: webhook.restart })).rejects.toThrow(/database/);
    expect((await book()).status).toBe(200);
    await webhook.database.query(
      'grant execute on function public.confirm_webhook_secret to service_role',
    );
    const newest = calcom.webhooks[0]?.secret;
    expect(await run()).toMatchObject({ hasNewSecret: false });
    expect(calcom.webhooks[0]?.secret).toBe(newest);
    expect(await isPending()).toBe(false);
  });
});

describe('a first registration that breaks off', () => {
  test('is completed by the next run, with the same webhook', async () => {
    calcom.failNext('POST', 'lost_answer');
    await expect(run()).rejects.toThrow(/Cal\.com did not answer/);
    expect((await book()).status).toBe(200);
    expect(await run()).toMatchObject({ created: false, hasNewSecret: false });
    expect(calcom.webhooks).toHaveLength(1);
    expect((await book()).status).toBe(200);
  });
});

describe('deleting', () => {
  test('takes the webhook from Cal.com, and its secret a day later', async () => {
    await run();
    const [secret] = await secrets();
    expect(await remove(await account())).toBe(true);
    expect(calcom.webhooks).toEqual([]);
    expect(await secrets()).toEqual([secret]);
    expect(await isPending()).toBe(false);
    expect(await remove(await account())).toBe(false);
  });

  test('that fails keeps the secret', async () => {
    await run();
    const before = await secrets();
    calcom.failNext('DELETE', 500);
    await expect(remove(await account())).rejects.toThrow(/run this again/);
    expect(await secrets()).toEqual(before);
    expect((await book()).status).toBe(200);
  });
});

describe('what stands in the way', () => {
  test.each<[string, string, number, RegExp]>([
    ['a request that Cal.com refuses', 'POST', 400, /must be HTTPS .*--functions-url/],
    ['too many requests', 'GET', 429, /no more requests .*in 60 seconds/],
    ['a Cal.com that fails', 'GET', 500, /did not answer, or failed:/],
    ['another server', 'GET', 204, /not that of its API v2/],
  ])('%s is said with the next step', async (_what, method, status, message) => {
    if (status === 400) {
      await calcom.stop();
      calcom = await startCalcomWebhookServer('psi-styl', { triggers: [] });
      vi.stubEnv('CALCOM_API_URL', calcom.url);
    } else calcom.failNext(method, status);
    await expect(run()).rejects.toThrow(message);
  });

  test('a key that Cal.com refuses is not kept', async () => {
    vi.stubEnv('CALCOM_API_KEY', 'cal_wrong');
    await expect(run()).rejects.toThrow(/refuses the API key/);
    expect(await vault.apiKey()).toBeNull();
  });

  test('without a key there is a line on where to get one', async () => {
    vi.stubEnv('CALCOM_API_KEY', '');
    await expect(run()).rejects.toThrow(
      /no API key for psi-styl: make one at https:.*CALCOM_API_KEY/,
    );
  });

  test('the key of somebody else registers nothing and is not kept', async () => {
    await webhook.database.query(
      `update public.salons set cal_com_username = 'inny' where id = $1`,
      [salonId],
    );
    const other = openAccount({ id: salonId, username: 'inny' }, functionsUrl, vault);
    await expect(other).rejects.toThrow(/is that of the Cal\.com user Psi-Styl, not of inny/);
    expect(await vault.apiKey()).toBeNull();
    expect(calcom.asked).toEqual(['GET /me']);
  });

  test.each(['nikt', 'psi_styl', 'psi%', '%'])('no salon is called %s', async (username) => {
    await expect(findSalon(username, database)).rejects.toThrow(
      /no salon has the Cal\.com/,
    );
  });
});
