import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon } from '../support/salons.ts';

// What is left of a delivery about a whole slot when one of its seats is erased.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const ERASED = { email: 'erased@erased.invalid', phone: null };
const zofia = { email: 'zofia@poczta.example', phone: '+48501220314', noShow: true };
const jan = { email: 'jan@poczta.example', phone: '+48600700800', noShow: false };

type Contact = { attendee_email?: string; attendee_phone?: string };

const redact = async (changes: Partial<CalendarBooking>, contact: Contact) => {
  const slot = booking({ uid: 'slot', seated: true, attendees: [zofia, jan], ...changes });
  const [row] = await database.query<{ left: Record<string, unknown> }>(
    `select private.redact_slot_booking($1,
       jsonb_populate_record(null::public.calendar_events, $2)) as left`,
    [JSON.stringify(slot), JSON.stringify({ id: crypto.randomUUID(), ...contact })],
  );
  return row?.left ?? {};
};

it.each([
  ['e-mail', { attendee_email: zofia.email }],
  ['number', { attendee_phone: zofia.phone }],
])('the attendee with the %s has no contact, and others keep theirs', async (_what, contact) => {
  expect((await redact({}, contact))['attendees']).toEqual([{ ...ERASED, noShow: true }, jan]);
});

it('nobody keeps a contact if it is not known whose seat it was', async () => {
  expect((await redact({}, {}))['attendees']).toEqual([]);
});

it('who was erased before stays as they are', async () => {
  const before = { ...ERASED, noShow: false };
  expect((await redact({ attendees: [before] }, {}))['attendees']).toEqual([before]);
});

it('who has another seat keeps the contact, whoever is erased', async () => {
  await createSalon(database);
  await deliver(
    database,
    booking({
      uid: 'slot',
      seated: true,
      seatId: 'seat-jan',
      attendeeEmail: jan.email,
      attendees: [jan],
    }),
  );
  for (const uids of [{ uid: 'slot' }, { uid: 'moved', rescheduleUid: 'slot' }]) {
    expect((await redact(uids, {}))['attendees']).toEqual([jan]);
  }
  expect((await redact({ uid: 'another' }, {}))['attendees']).toEqual([]);
  await database.query('update public.calendar_events set erased_at = now()');
  expect((await redact({ uid: 'slot' }, {}))['attendees']).toEqual([]);
});

it('the place stays, a number as the place does not', async () => {
  const place = { location: 'ul. Polna 1', meetingUrl: 'https://meet.example/slot' };
  expect(await redact(place, {})).toMatchObject(place);
  const left = await redact({ location: '501 220 314' }, {});
  expect(Object.keys(left)).not.toContain('location');
});

it('the reason of the host stays, that of one attendee does not', async () => {
  const cancelled = { cancellationReason: 'Choroba' };
  expect(await redact({ ...cancelled, wholeSlot: true }, {})).toMatchObject(cancelled);
  expect(Object.keys(await redact({ ...cancelled, wholeSlot: false }, {})))
    .not.toContain('cancellationReason');
});
