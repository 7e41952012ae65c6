import { expect, test } from 'vitest';
import { readDelivery } from '../../fixtures/calcom/deliveries.ts';
import {
  loadWorld,
  readLog,
  salonOf,
  stageSecret,
  startWebhook,
} from '../support/calcom-webhook.ts';

const CREATED = readDelivery('001-chain-a-1-created').text;
const CANCELLED = JSON.stringify({
  ...JSON.parse(CREATED),
  triggerEvent: 'BOOKING_CANCELLED',
  createdAt: '2026-09-30T10:00:00.000Z',
});
const USERNAME = JSON.parse(CREATED).payload.organizer.username;
const SECRET = 'the-secret-of-this-salon-alone-1';
const NEW_SECRET = 'the-next-secret-of-this-salon-333';

// At once, since the first waits.

test.concurrent(
  'while a secret changes, neither the old nor the new one is ever refused',
  async () => {
    const changing = await startWebhook();
    await loadWorld(changing.database);
    const salon = await salonOf(changing, USERNAME);
    await stageSecret(changing, salon, SECRET);
    const send = (secret: string, text: string) => changing.sendOf(salon, secret, text);
    expect(await send(SECRET, CREATED)).toMatchObject({ status: 200 });
    await stageSecret(changing, salon, NEW_SECRET);
    expect(await send(SECRET, CREATED)).toMatchObject({ status: 200 });
    // Cal.com gets the new secret after this time: see RENEWABLE_AFTER_MS.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await send(NEW_SECRET, CANCELLED)).toMatchObject({ status: 200 });
    expect(await send(SECRET, CANCELLED)).toMatchObject({ status: 200 });
    await changing.database.query('select public.confirm_webhook_secret($1)', [salon]);
    expect(await send(SECRET, CANCELLED)).toMatchObject({ status: 200 });
    await changing.stop();
  },
);

test.concurrent('a revoked secret is refused at once, though the function has it in its cache', async () => {
  const leaking = await startWebhook();
  await loadWorld(leaking.database);
  const salon = await salonOf(leaking, USERNAME);
  await stageSecret(leaking, salon, SECRET);
  await stageSecret(leaking, salon, NEW_SECRET);
  for (const secret of [SECRET, SECRET]) {
    expect(await leaking.sendOf(salon, secret, CREATED)).toMatchObject({ status: 200 });
  }
  await leaking.database.query('select public.revoke_webhook_secrets($1)', [salon]);
  await leaking.database.query('delete from public.webhook_logs');
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await leaking.sendOf(salon, SECRET, CREATED))
      .toMatchObject({ status: 401, body: { code: 'signature_mismatch' } });
  }
  expect(await readLog(leaking.database)).toEqual([]);
  await leaking.stop();
});
