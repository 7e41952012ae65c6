import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readResponses, sendLink } from '../support/client-link.ts';
import {
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
} from '../support/reminders.ts';
import { receipt } from '../support/receipts.ts';
import { ANNAS_PHONE, monday, tuesday } from '../support/scene.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterEach(closeSessions);
afterAll(() => database.drop());

it('a reply about two appointments waits for a delivery about both', async () => {
  const { salon, appointmentIds } = await sendLink(database, {
    appointments: [
      { start: tuesday('11:00'), pet: 'Reksio' },
      { start: tuesday('12:30'), pet: 'Burek' },
    ],
  });
  const webhook = await openSession(database, 'service_role');
  await webhook.query('select private.share_salon($1)', [salon.id]);
  const lock = (id: string | undefined) =>
    webhook.query('select from public.calendar_events where id = $1 for update', [id]);
  await lock(appointmentIds[1]);
  const client = await openSession(database, 'service_role');
  await client.query(`select set_config('barkbook.app_now', $1, true)`, [monday('18:00')]);
  const replying = client.query(
    `select public.sms_receive_reply('twilio', $1, $2, 'Tak', 'coming')`,
    [randomUUID(), ANNAS_PHONE],
  );
  await client.isBlocked();
  await lock(appointmentIds[0]);
  await webhook.commit();
  await replying;
  await client.commit();
  expect(await readResponses(database)).toEqual(['coming', 'coming']);
});

/**
 * Two messages to Anna that were sent, in the order of their ids; the provider knows them as A1 and
 * A2. The second one comes first in the table.
 */
async function sendTwo() {
  const salon = await createRemindingSalon(database);
  const anna = await createRemindedClient(database, salon.id);
  const ids = [randomUUID(), randomUUID()].sort();
  for (const number of [2, 1]) {
    await database.query(
      `insert into public.sms_messages (id, salon_id, client_id, local_date, phone, phone_number,
         status, provider, provider_message_id, next_attempt_at, not_after)
       values ($1, $2, $3, '2026-01-01', $4, $4, 'sent', 'smsapi', $5, '2026-01-01', '2026-01-02')`,
      [ids[number - 1], salon.id, anna.id, ANNAS_PHONE, `A${number}`],
    );
  }
  return { anna, ids };
}

const lockMessage = 'select from public.sms_messages where id = $1 for no key update';

it('receipts for several messages lock them in one order, whatever order they come in', async () => {
  const { ids } = await sendTwo();
  const [other, status] = [
    await openSession(database),
    await openSession(database, 'service_role'),
  ];
  await other.query(lockMessage, [ids[0]]);
  const applying = status.query(`select * from public.sms_apply_receipts('smsapi', $1)`, [
    JSON.stringify(['A2', 'A1'].map((id) => receipt('delivered', { providerMessageId: id }))),
  ]);
  await status.isBlocked();
  await other.query(lockMessage, [ids[1]]);
  await other.commit();
  expect((await applying).rows).toEqual([{ applied: 2, unknown: 0 }]);
  await status.commit();
});

it('an erasure locks the messages of a client in that order, too', async () => {
  const { anna, ids } = await sendTwo();
  const [other, erasing] = [
    await openSession(database),
    await openSession(database, 'service_role'),
  ];
  await other.query(lockMessage, [ids[0]]);
  const erased = erasing.query('select public.erase_client($1)', [anna.id]);
  await erasing.isBlocked();
  await other.query(lockMessage, [ids[1]]);
  await other.commit();
  await erased;
  await erasing.commit();
});
