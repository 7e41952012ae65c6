import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

describe('replacing the secret', () => {
  test('refuses no delivery, at any moment', async () => {
    await salon.run();
    const old = salon.calcom.webhooks[0]?.secret;
    expect((await salon.book()).status).toBe(200);
    await salon.run({
      rotate: true,
      meanwhile: async () => {
        await salon.webhook.restart();
        expect(salon.calcom.webhooks[0]?.secret).toBe(old);
        expect((await salon.book()).status).toBe(200);
      },
    });
    expect(salon.calcom.webhooks[0]?.secret).not.toBe(old);
    expect((await salon.book()).status).toBe(200);
    expect(await salon.secrets()).toEqual([salon.calcom.webhooks[0]?.secret, old]);
    expect(await salon.isPending()).toBe(false);
  });

  test.each<[string, number | 'lost_answer']>([
    ['did not reach Cal.com', 503],
    ['reached Cal.com, but its answer was lost', 'lost_answer'],
  ])('that %s leaves both secrets valid, and the next run completes it', async (_how, fault) => {
    await salon.run();
    const old = salon.calcom.webhooks[0]?.secret;
    salon.calcom.failNext('PATCH', fault);
    await expect(salon.run({ rotate: true, meanwhile: salon.webhook.restart })).rejects.toThrow(
      /run this again/,
    );
    expect(await salon.isPending()).toBe(true);
    expect((await salon.book()).status).toBe(200);
    const accepted = await salon.secrets();
    expect(accepted).toHaveLength(2);
    expect(accepted).toContain(old);

    expect(await salon.run({ rotate: true })).toMatchObject({ created: false });
    expect(salon.calcom.webhooks[0]?.secret).toBe(accepted[0]);
    expect(await salon.isPending()).toBe(false);
    expect((await salon.book()).status).toBe(200);
  });

  test('that could not be confirmed is confirmed by the next run', async () => {
    await salon.run();
    await salon.webhook.database.query(
      'revoke execute on function public.confirm_webhook_secret from service_role',
    );
    await expect(salon.run({ rotate: true, meanwhile: salon.webhook.restart })).rejects.toThrow(
      /database/,
    );
    expect((await salon.book()).status).toBe(200);
    await salon.webhook.database.query(
      'grant execute on function public.confirm_webhook_secret to service_role',
    );
    const newest = salon.calcom.webhooks[0]?.secret;
    expect(await salon.run()).toMatchObject({ hasNewSecret: false });
    expect(salon.calcom.webhooks[0]?.secret).toBe(newest);
    expect(await salon.isPending()).toBe(false);
  });
});

describe('revoking', () => {
  test('ends every secret at once, and the next registration gives Cal.com a new one', async () => {
    await salon.run();
    await salon.run({ rotate: true });
    expect((await salon.book()).status).toBe(200);
    const leaked = await salon.secrets();
    expect(leaked).toHaveLength(2);

    await salon.vault.revoke();
    expect(await salon.secrets()).toEqual([]);
    expect((await salon.book()).status).toBe(401);

    const registration = await salon.run({ rotate: true, meanwhile: salon.webhook.restart });
    expect(registration).toMatchObject({ hasNewSecret: true, keepsOldSecret: false });
    expect((await salon.book()).status).toBe(200);
    const secrets = await salon.secrets();
    expect(secrets).toHaveLength(1);
    expect(leaked).not.toContain(secrets[0]);
  });

  test('that stopped halfway is completed by registering', async () => {
    await salon.run();
    await salon.vault.revoke();
    salon.calcom.failNext('PATCH', 503);
    await expect(salon.run({ rotate: true })).rejects.toThrow(/run this again/);
    expect((await salon.book()).status).toBe(401);
    await salon.webhook.restart();
    expect(await salon.run()).toMatchObject({ keepsOldSecret: false });
    expect((await salon.book()).status).toBe(200);
  });
});

describe('deleting', () => {
  test('removes the webhook from Cal.com, and its secret a day later', async () => {
    await salon.run();
    const [secret] = await salon.secrets();
    expect(await salon.remove()).toBe(true);
    expect(salon.calcom.webhooks).toEqual([]);
    expect(await salon.secrets()).toEqual([secret]);
    expect(await salon.isPending()).toBe(false);
    expect(await salon.remove()).toBe(false);
  });

  test('that fails keeps the secret', async () => {
    await salon.run();
    const before = await salon.secrets();
    salon.calcom.failNext('DELETE', 500);
    await expect(salon.remove()).rejects.toThrow(/run this again/);
    expect(await salon.secrets()).toEqual(before);
    expect((await salon.book()).status).toBe(200);
  });
});
