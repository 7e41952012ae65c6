import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking } from '../support/deliveries.ts';

// What is left of a booking after an erasure, field by field.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const ERASED = 'erased@erased.invalid';

const ask = async (call: string, values: unknown[]) => {
  const [row] = await database.query<{ answer: Record<string, unknown> }>(
    `select ${call} as answer`,
    values,
  );
  return row?.answer;
};
const withoutPersonalData = (whole: object) =>
  ask('private.without_personal_data($1)', [JSON.stringify(whole)]);

it('what names nobody is kept, and every other text is left out', async () => {
  const kept = {
    trigger: 'BOOKING_CREATED',
    uid: 'uid',
    rescheduleUid: 'uid-before',
    seatId: 'seat',
    occurredAt: '2026-09-01T10:00:00.000Z',
    organizerUsername: 'psi-styl',
    hostUsername: 'host',
    hostName: 'Beata',
    startTime: '2026-09-15T08:00:00.000Z',
    endTime: '2026-09-15T09:00:00.000Z',
    snapshot: 'accepted',
    icalUid: 'uid@Cal.com',
    seated: true,
    position: 7,
  };
  const personal = {
    title: 'Zofia Kaczmarek',
    description: 'Zofia',
    location: '501 220 314',
    attendeeEmail: 'zofia@poczta.example',
    clientId: 'a word',
    attendees: [{ email: 'zofia@poczta.example' }],
    later: 'what a later version adds',
    boolean: 'another@Cal.com',
    cancellationReason: null,
  };
  expect(await withoutPersonalData({ ...kept, ...personal })).toEqual(kept);
});

it.each(['zofia@poczta.example', 'zofia@poczta@Cal.com', '@Cal.com', 'uid@Cal.com.example'])(
  'the calendar id %s is left out, because it may be an address',
  async (icalUid) => {
    expect(await withoutPersonalData({ uid: 'uid', icalUid })).toEqual({ uid: 'uid' });
  },
);

describe('of the attendees', () => {
  const zofia = { email: 'zofia@poczta.example', phone: '+48501220314', noShow: true };
  const jan = { email: 'jan@poczta.example', phone: '+48600700800', noShow: false };
  const whole = booking({ attendees: [jan, zofia] });
  const redact = (
    { email, phone, seat = '', of = whole }: {
      email: string | null;
      phone: string | null;
      seat?: string;
      of?: CalendarBooking;
    },
  ) => ask('private.redact_booking($1, $2, $3, $4)', [JSON.stringify(of), seat, email, phone]);
  const erased = (noShow: boolean) => [{ email: ERASED, phone: null, noShow }];

  it.each<[string, string | null, string | null, unknown]>([
    ['the one with the e-mail stays, without contact', zofia.email, null, erased(true)],
    ['the one with the number stays, without contact', null, zofia.phone, erased(true)],
    ['none stays if none has the e-mail', 'anna@poczta.example', null, []],
    ['none stays if none has the number', null, '+48111222333', []],
    ['the first stays if nobody is named', null, null, erased(false)],
  ])('%s', async (_what, email, phone, attendees) => {
    expect(await redact({ email, phone })).toMatchObject({ attendeeEmail: ERASED, attendees });
  });

  it('none stays if nobody is named and there is none', async () => {
    expect(await redact({ email: null, phone: null, of: booking() }))
      .toMatchObject({ attendees: [] });
  });

  it.each([
    ['', null, null],
    ['its row', null, 'its row'],
    ['its row', 'its own', 'its own'],
  ])('the seat of the delivery %j and of the booking %j is %j', async (seat, seatId, expected) => {
    expect(await redact({ email: null, phone: null, seat, of: booking({ seatId }) }))
      .toMatchObject({ seatId: expected });
  });
});
