import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { BOOKING_TRIGGERS } from '../../../shared/calcom/calendar-booking.ts';
import { type Registering, startRegistering } from '../support/calcom-register.ts';
import { startWebhook, type Webhook } from '../support/calcom-webhook.ts';

let webhook: Webhook;
let salon: Registering;

beforeAll(async () => {
  webhook = await startWebhook();
});
beforeEach(async () => {
  // It looks for a salon that it does not know at most once in five seconds.
  await webhook.restart();
  salon = await startRegistering(webhook);
});
afterEach(() => salon.stop());
afterAll(() => webhook.stop());

describe('registering', () => {
  test('creates a webhook whose deliveries belong to the salon', async () => {
    expect(await salon.run()).toMatchObject({
      created: true,
      hasNewSecret: true,
      unknownTriggers: [],
      keptTemplate: false,
      others: [],
    });
    expect(salon.calcom.webhooks).toMatchObject([{
      subscriberUrl: `${salon.project.functionsUrl}/calcom-webhook?salon=${salon.salonId}`,
      active: true,
      triggers: [...BOOKING_TRIGGERS],
      payloadTemplate: null,
      secret: (await salon.secrets())[0],
    }]);
    expect(salon.calcom.webhooks[0]?.secret).toMatch(/^[\w-]{43}$/);
    expect((await salon.book()).status).toBe(200);
    expect(await salon.webhook.database.query('select salon_id from public.calendar_events'))
      .toEqual([{ salon_id: salon.salonId }]);
  });

  test('again changes nothing', async () => {
    const { id } = await salon.run();
    const [before] = structuredClone(salon.calcom.webhooks);
    expect(await salon.run()).toMatchObject({ id, created: false, hasNewSecret: false });
    expect(salon.calcom.webhooks).toEqual([before]);
  });

  test('restores what was changed in Cal.com', async () => {
    await salon.run();
    const secret = salon.calcom.webhooks[0]?.secret;
    Object.assign(salon.calcom.webhooks[0] ?? {}, {
      active: false,
      triggers: ['BOOKING_CREATED'],
      secret: 'typed-by-hand',
      payloadTemplate: '{"id":"{{uid}}"}',
    });
    await salon.run();
    expect(salon.calcom.webhooks).toMatchObject([
      { active: true, triggers: [...BOOKING_TRIGGERS], secret, payloadTemplate: null },
    ]);
  });

  test('stores the API key once Cal.com has accepted it', async () => {
    await salon.run();
    expect(await salon.vault.apiKey()).toBe(salon.calcom.apiKey);
    vi.stubEnv('CALCOM_API_KEY', '');
    expect(await salon.run()).toMatchObject({ created: false });
  });

  test('does not change other webhooks, and names those of the same function', async () => {
    const shared = `${salon.project.functionsUrl}/calcom-webhook`;
    salon.calcom.add({ subscriberUrl: shared });
    salon.calcom.add({ subscriberUrl: 'https://elsewhere.example/hook' });
    expect((await salon.run()).others.map(({ subscriberUrl }) => subscriberUrl)).toEqual([shared]);
    expect(salon.calcom.webhooks).toHaveLength(3);
  });

  test('finds the webhook on a later page', async () => {
    for (let made = 0; made < 260; made++) {
      salon.calcom.add({ subscriberUrl: `https://elsewhere.example/${made}` });
    }
    const { id } = await salon.run();
    expect(await salon.run()).toMatchObject({ id, created: false });
  });

  test.each(['MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'])(
    'works without %s if Cal.com does not know it',
    async (unknown) => {
      const triggers = BOOKING_TRIGGERS.filter((trigger) => trigger !== unknown);
      await salon.replaceCalcom(triggers);
      expect(await salon.run()).toMatchObject({ created: true, unknownTriggers: [unknown] });
      expect(salon.calcom.webhooks[0]?.triggers.toSorted()).toEqual(triggers.toSorted());
      expect(await salon.run()).toMatchObject({ created: false, unknownTriggers: [unknown] });
      expect((await salon.book()).status).toBe(200);
    },
  );
});

describe('a first registration that is interrupted', () => {
  test('is completed by the next run, with the same webhook', async () => {
    salon.calcom.failNext('POST', 'lost_answer');
    await expect(salon.run()).rejects.toThrow(/Cal\.com did not answer/);
    expect((await salon.book()).status).toBe(200);
    expect(await salon.run()).toMatchObject({ created: false, hasNewSecret: false });
    expect(salon.calcom.webhooks).toHaveLength(1);
    expect((await salon.book()).status).toBe(200);
  });
});
