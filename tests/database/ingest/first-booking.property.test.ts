import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { ClientBase } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;
let bookings: fc.Arbitrary<CalendarBooking>;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  const client = await createClient(database, salon.id);
  const couple = await createClient(database, salon.id, { phone: '+48600700800', pets: 2 });
  const optional = (...values: string[]) => fc.constantFrom(...values, null);
  bookings = fc.record({
    clientId: optional(client.id, couple.id, randomUUID()),
    petId: optional(...client.petIds, ...couple.petIds, randomUUID()),
    attendeeName: optional('Zofia Kaczmarek'),
    attendeePhone: optional('+48501220314', '501 220 314', '600 700 800', 'call me'),
    attendeeEmail: optional('zofia@poczta.example', 'erased@erased.invalid', 'jan@poczta.example'),
    title: optional('Strzyżenie'),
    description: optional('Fiona boi się suszarki'),
    location: optional('Kraków'),
    meetingUrl: optional('https://app.cal.com/video/uid-0'),
    hostUsername: optional('psi-styl', 'ola'),
    hostName: optional('Ola'),
    icalUid: optional('uid-0@Cal.com'),
    recurring: fc.boolean(),
    awaitingConfirmation: fc.boolean(),
    occurredAt: fc.constantFrom('2026-09-01T10:00:00.000Z', '2096-09-01T10:00:00.000Z'),
    endTime: fc.constantFrom(
      '2026-09-15T09:00:00.000Z',
      '2026-09-15T08:29:29.500Z',
      '2026-09-15T08:00:00.000Z',
    ),
  }).map((overrides) => booking(overrides as Partial<CalendarBooking>));
});
afterAll(() => database.drop());

/** Everything that was written, without what differs between two runs of the same. */
const WRITTEN = `
  select
    (select jsonb_agg(to_jsonb(e) - 'id') from public.calendar_events e) as appointments,
    (select jsonb_agg(to_jsonb(u) - '{event_id,created_at}'::text[])
      from public.calendar_event_uids u) as uids,
    (select jsonb_agg(to_jsonb(l) - '{id,processed_at,duration_ms}'::text[])
      from public.webhook_logs l) as deliveries`;

/** What a statement writes, which is then undone. */
async function written(client: ClientBase, statement: string, values: unknown[]) {
  await client.query('savepoint before');
  const { rows: [answer] } = await client.query(statement, values);
  const { rows: [rows] } = await client.query(WRITTEN);
  await client.query('rollback to savepoint before');
  return { answer, rows };
}

it('the shortcut for a first booking writes what the long way writes, or nothing', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(bookings, fc.boolean(), async (first, fromSalonWebhook) => {
      await database.as('service_role', null, async (client) => {
        const values = [JSON.stringify(first), salon.id, fromSalonWebhook];
        const short = await written(
          client,
          `select * from private.insert_first_booking('key', '{}', $1, $2, $3)`,
          values,
        );
        const long = await written(
          client,
          `select * from private.receive_delivery(
             private.new_delivery('key', 'BOOKING_CREATED', '{}', $2, $3), $1, null)`,
          values,
        );
        if (short.answer.event_id === null) {
          expect(short.rows).toEqual({ appointments: null, uids: null, deliveries: null });
          expect(long.rows.deliveries).not.toMatchObject([{ action: 'applied', warnings: [] }]);
        } else {
          taken++;
          expect(short.rows).toEqual(long.rows);
        }
      });
    }),
    { numRuns: 150 },
  );
  expect(taken).toBeGreaterThan(20);
});
