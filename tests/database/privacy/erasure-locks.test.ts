import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { sendLink, type SentLink } from '../support/client-link.ts';
import { booking } from '../support/deliveries.ts';
import { forgetReminders } from '../support/reminders.ts';
import { ANNAS_PHONE, monday, tuesday } from '../support/scene.ts';
import { closeSessions, openSession, type Session } from '../support/sessions.ts';

let database: TestDatabase;
let sent: SentLink;
/** A booking for Anna that Cal.com is being asked for. */
let bookingAction: string | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  sent = await sendLink(database);
  [{ id: bookingAction } = { id: undefined }] = await database.query<{ id: string }>(
    `select id from public.start_salon_action($1, $2, 'book', null, null, $3)`,
    [sent.salon.id, randomUUID(), sent.anna.id],
  );
});
afterEach(closeSessions);
afterAll(() => database.drop());

/** What an erasure of Anna locks, one after the other. */
const LOCKED = {
  'her row': ['select from public.clients where id = $1 for update'],
  'her row and her appointment': [
    'select from public.clients where id = $1 for update',
    'select from public.calendar_events where client_id = $1 for update',
  ],
};

async function beginErasure(locked: keyof typeof LOCKED): Promise<Session> {
  const erasing = await openSession(database, 'service_role');
  await erasing.query('select private.lock_salon($1)', [sent.salon.id]);
  for (const lock of LOCKED[locked]) await erasing.query(lock, [sent.anna.id]);
  return erasing;
}

/** Calls a function as the service role, on Monday evening; answers with its result or SQLSTATE. */
async function call(text: string, values: unknown[]) {
  const session = await openSession(database, 'service_role');
  await session.query(`select set_config('barkbook.app_now', $1, true)`, [monday('18:00')]);
  const answer = session.query(`select ${text} as answer`, values).then(
    ({ rows }) => rows[0]?.answer,
    ({ code }: { code: string }) => code,
  );
  return { session, answer };
}

const eventId = () => sent.appointmentIds[0];
const reply = (response: string | null) =>
  call(`public.sms_receive_reply('twilio', $1, $2, 'Tak', $3)`, [
    randomUUID(),
    ANNAS_PHONE,
    response,
  ]);

/** What each answers once the erasure is done. 23503: there is no such client any more. */
const CALLS: [name: string, run: () => ReturnType<typeof call>, answer: unknown][] = [
  [
    'a client who answers through a link',
    () =>
      call('(public.client_link_respond($1, $2, $3, $4)).answer', [
        sent.token,
        eventId(),
        tuesday('11:00'),
        'coming',
      ]),
    'not_found',
  ],
  ['a client who answers by SMS', () => reply('coming'), 'unknown'],
  ['a client who writes to the salon', () => reply(null), 'unknown'],
  [
    'an action that begins in Cal.com',
    () =>
      call(`(public.start_salon_action($1, $2, 'cancel', null, $3, $4)).is_new`, [
        sent.salon.id,
        randomUUID(),
        eventId(),
        sent.anna.id,
      ]),
    '23503',
  ],
  [
    'a booking that was made in Cal.com',
    () => call('public.finish_salon_action($1, null, $2, true)', [bookingAction, eventId()]),
    true,
  ],
];

describe.each(Object.keys(LOCKED) as (keyof typeof LOCKED)[])(
  'an erasure that has locked %s does not deadlock with',
  (locked) => {
    it.each(CALLS)('%s', async (_name, run, expected) => {
      const erasing = await beginErasure(locked);
      const { session, answer } = await run();
      await session.isBlocked();
      await erasing.query('select public.erase_client($1)', [sent.anna.id]);
      await erasing.commit();
      expect(await answer).toBe(expected);
      await session.commit();
    });
  },
);

it('a replay of a delivery that had no salon does not wait for an erasure, which waits for it', async () => {
  await database.query(`update public.salons set cal_com_username = 'psia-lapa'`);
  const delivered = booking({ organizerUsername: 'psia-lapa', attendeePhone: ANNAS_PHONE });
  await database.query(
    `insert into public.webhook_logs (webhook_type, payload, booking, booking_uid, seat_id,
       cal_com_event_id, delivery_key, occurred_at, status, action, reason)
     values ('BOOKING_CREATED', '{}', $1, 'a', '', 'a', 'a', now(), 'error', 'deferred',
       'salon_not_found')`,
    [{ ...delivered, uid: 'a' }],
  );
  const erasing = await beginErasure('her row');
  const replaying = await openSession(database, 'service_role');
  const { rows } = await replaying.query(
    `select deferred from public.replay_deliveries(null, '2000-01-01', '2100-01-01')`,
  );
  expect(rows).toEqual([{ deferred: 1 }]);
  const erased = erasing.query('select public.erase_client($1)', [sent.anna.id]);
  await erasing.isBlocked();
  await replaying.commit();
  await erased;
  await erasing.commit();
  expect(await database.query('select from public.webhook_logs where erased_at is not null'))
    .toHaveLength(1);
});
