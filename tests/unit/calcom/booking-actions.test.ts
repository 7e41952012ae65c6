import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Service } from '../../../cli/simulator/world/booking.ts';
import { emailOf } from '../../../cli/simulator/world/people.ts';
import { GROOMING, PUPPY_CLASS, TRIMMING } from '../../../cli/simulator/world/services.ts';
import {
  type BookingActions,
  createBookingActions,
  type Done,
} from '../../../supabase/functions/_shared/calcom/booking-actions.ts';
import type { ActionResult } from '../../../supabase/functions/_shared/calcom/calcom-client.ts';
import { type Seat, store, type StoredBooking } from '../../support/calcom/account.ts';
import { openDocument } from '../../support/calcom/document.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import {
  createTown,
  DAY_MS,
  HOUR_MS,
  LAST_MOMENT_MS,
  type Town,
} from '../../support/calcom/town.ts';

const TOMORROW_MS = LAST_MOMENT_MS + DAY_MS;
const iso = (ms: number) => new Date(ms).toISOString();

let town: Town;
let calcom: CalcomServer;
let actions: BookingActions;

beforeAll(async () => {
  // Not while the first request waits.
  await openDocument();
  town = createTown(1);
  calcom = await startCalcomServer([town.account], { now: () => LAST_MOMENT_MS });
  actions = createBookingActions(town.account.apiKey, settings());
});
beforeEach(() => {
  town.account.bookings.length = 0;
});
afterEach(() => expect(calcom.violations).toEqual([]));
afterAll(() => calcom.stop());

const settings = () => ({
  apiUrl: calcom.url,
  requestTimeoutMs: 1000,
  lookAfterMs: [0, 10],
  fetch,
});

/** A booking of tomorrow unless told. */
function booked(service: Service, more: Partial<StoredBooking> = {}, startMs = TOMORROW_MS) {
  const booking = town.newBooking(service, town.newcomer(), startMs);
  return store(town.account, booking, { createdAt: LAST_MOMENT_MS - DAY_MS, ...more });
}
const plain = ({ booking: { uid } }: StoredBooking) => ({ uid, seatUid: null });
const newSeat = (): Seat => ({ seatId: town.newSeatId(), booker: town.newcomer(), absent: false });
const uidsOf = (result: ActionResult<Done>) =>
  result.ok ? result.value.shown.map(({ booking }) => booking.uid) : result.code;

describe('cancel', () => {
  test('cancels a booking, and shows it cancelled', async () => {
    const stored = booked(GROOMING);
    const done = await actions.perform({ action: 'cancel', of: plain(stored), reason: 'choroba' });
    expect(done).toMatchObject({
      ok: true,
      value: { ref: plain(stored), shown: [{ booking: { status: 'cancelled' } }] },
    });
    expect(stored.cancellationReason).toBe('choroba');
  });

  test('cancels one seat and leaves the others', async () => {
    const [seat, other] = [newSeat(), newSeat()];
    const stored = booked(PUPPY_CLASS, { seats: [seat, other] });
    const of = { uid: stored.booking.uid, seatUid: seat.seatId };
    expect(await actions.perform({ action: 'cancel', of, reason: 'choroba' }))
      .toMatchObject({ ok: true, value: { shown: [{ booking: { status: 'accepted' } }] } });
    expect(stored.seats).toEqual([other]);
  });

  test('counts as done if the booking was cancelled before', async () => {
    const stored = booked(GROOMING, { status: 'cancelled' });
    const done = await actions.perform({ action: 'cancel', of: plain(stored), reason: 'choroba' });
    expect(uidsOf(done)).toEqual([stored.booking.uid]);
  });
});

test('a cancelled seat counts as done only if all the seats are listed', async () => {
  const seat = newSeat();
  const stored = booked(PUPPY_CLASS, { seats: [seat, newSeat()] });
  const of = { uid: stored.booking.uid, seatUid: seat.seatId };
  // As if the salon had deleted the event type.
  const withoutSeats = createBookingActions(town.account.apiKey, {
    ...settings(),
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const text = (await response.text()).replaceAll(/"seatUid":"[^"]*",/g, '');
      return new Response(text, response);
    },
  });
  expect(uidsOf(await withoutSeats.lookFor({ action: 'cancel', of, reason: 'x' })))
    .toBe('calcom_unreachable');
});

test('what is meant for one appointment is refused if it would change all seats', async () => {
  const [seat, other] = [newSeat(), newSeat()];
  const stored = booked(PUPPY_CLASS, { seats: [seat, other], status: 'pending' });
  const of = { uid: stored.booking.uid, seatUid: null };
  const ofSeat = { ...of, seatUid: seat.seatId };
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);
  const sent = calcom.writes.length;
  expect([
    uidsOf(await actions.perform({ action: 'cancel', of, reason: 'x' })),
    uidsOf(await actions.perform({ action: 'move', of, start, reason: null })),
    uidsOf(await actions.perform({ action: 'no_show', of, absent: true })),
    uidsOf(await actions.perform({ action: 'decline', of: ofSeat, reason: null })),
  ]).toEqual(['refused', 'refused', 'refused', 'refused']);
  expect(calcom.writes).toHaveLength(sent);
});

test('cancel is refused if the booking was moved, since the new one lives on', async () => {
  const of = plain(booked(GROOMING));
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);
  await actions.perform({ action: 'move', of, start, reason: null });
  expect(uidsOf(await actions.perform({ action: 'cancel', of, reason: 'x' }))).toBe('refused');
});

describe('move', () => {
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);

  test('moves a booking, as its host, and shows the new one and the old one', async () => {
    const stored = booked(GROOMING);
    const command = { action: 'move', of: plain(stored), start, reason: 'awaria' } as const;
    const done = await actions.perform(command);
    expect(uidsOf(done)).toEqual([stored.rescheduledTo, stored.booking.uid]);
    expect(done).toMatchObject({ value: { ref: { uid: stored.rescheduledTo, seatUid: null } } });
    expect(calcom.writes.at(-1)).toContain(
      `"rescheduledBy":"${stored.booking.host.email}","reschedulingReason":"awaria"`,
    );
  });

  test.each(['an existing slot', 'a free time'])('moves one seat into %s', async (where) => {
    const [seat, other] = [newSeat(), newSeat()];
    const stored = booked(PUPPY_CLASS, { seats: [seat, other] });
    if (where === 'an existing slot') {
      booked(PUPPY_CLASS, { seats: [newSeat()] }, Date.parse(start));
    }
    const of = { uid: stored.booking.uid, seatUid: seat.seatId };
    const done = await actions.perform({ action: 'move', of, start, reason: null });
    const slot = town.account.bookings.at(-1);
    const ref = { uid: slot?.booking.uid, seatUid: slot?.seats?.at(-1)?.seatId };
    expect(done).toMatchObject({ ok: true, value: { ref, seatFrom: stored.booking.uid } });
    expect(stored.seats).toEqual([other]);
  });

  test('counts as done if a webhook told of it before its answer came', async () => {
    const stored = booked(GROOMING);
    await actions.perform({ action: 'move', of: plain(stored), start, reason: null });
    const of = { uid: stored.rescheduledTo ?? '', seatUid: null };
    const command = { action: 'move', of, start, reason: null } as const;
    expect(uidsOf(await actions.lookFor(command))).toEqual([of.uid]);
    const moved = town.account.bookings.at(-1);
    Object.assign(moved ?? {}, { status: 'cancelled' });
    expect(uidsOf(await actions.lookFor(command))).toBe('calcom_unreachable');
  });

  test('is refused with slot_taken if the time is taken', async () => {
    booked(GROOMING, {}, Date.parse(start));
    const command = { action: 'move', of: plain(booked(GROOMING)), start, reason: null } as const;
    expect(uidsOf(await actions.perform(command))).toBe('slot_taken');
  });

  test('is refused with slot_taken if the time is over', async () => {
    const of = plain(booked(GROOMING));
    const command = {
      action: 'move',
      of,
      start: iso(LAST_MOMENT_MS - DAY_MS),
      reason: null,
    } as const;
    expect(uidsOf(await actions.perform(command))).toBe('slot_taken');
  });

  test('is refused if the booking was moved elsewhere', async () => {
    const stored = booked(GROOMING);
    const elsewhere = iso(TOMORROW_MS + 2 * HOUR_MS);
    const moveTo = (to: string) =>
      actions.perform({ action: 'move', of: plain(stored), start: to, reason: null });
    await moveTo(elsewhere);
    expect(uidsOf(await moveTo(start))).toBe('refused');
  });
});

describe('no_show', () => {
  test('names the booker by e-mail address, and can be taken back', async () => {
    const stored = booked(GROOMING, {}, LAST_MOMENT_MS - HOUR_MS);
    for (const absent of [true, false]) {
      await actions.perform({ action: 'no_show', of: plain(stored), absent });
      expect(stored.absent).toBe(absent);
    }
  });

  test('names the booker of the seat', async () => {
    const seats = [newSeat(), newSeat()];
    const stored = booked(PUPPY_CLASS, { seats }, LAST_MOMENT_MS - HOUR_MS);
    const of = { uid: stored.booking.uid, seatUid: seats[1]?.seatId ?? '' };
    await actions.perform({ action: 'no_show', of, absent: true });
    expect(seats.map(({ absent }) => absent)).toEqual([false, true]);
    expect(calcom.writes.at(-1)).toContain(emailOf(seats[1]?.booker ?? town.newcomer()));
  });

  test('is refused before the appointment begins', async () => {
    const command = { action: 'no_show', of: plain(booked(GROOMING)), absent: true } as const;
    expect(uidsOf(await actions.perform(command))).toBe('refused');
  });
});

test.each([['confirm', 'accepted'], ['decline', 'rejected']] as const)(
  '%s leaves a pending booking %s',
  async (action, status) => {
    const stored = booked(TRIMMING, { status: 'pending' });
    await actions.perform({ action, of: plain(stored), reason: 'brak czasu' });
    expect(stored.status).toBe(status);
  },
);

describe('book', () => {
  const attendee = {
    name: 'Zofia Kaczmarek',
    phone: '+48501220314',
    email: null,
    timeZone: 'Europe/Warsaw',
  };
  const newBooking = (service: Service, startMs = TOMORROW_MS) => ({
    action: 'book' as const,
    booking: {
      eventTypeId: service.id,
      start: iso(startMs),
      attendee,
      clientId: 'c0000000-0000-4000-8000-0000000000a1',
      petId: null,
      requestKey: `key-${service.id}-${startMs}`,
    },
  });

  test('books with the client in the metadata', async () => {
    expect(uidsOf(await actions.perform(newBooking(GROOMING))))
      .toEqual([town.account.bookings[0]?.booking.uid]);
    expect(town.account.bookings[0]?.metadata).toEqual({
      barkbookClientId: 'c0000000-0000-4000-8000-0000000000a1',
      barkbookRequestKey: `key-${GROOMING.id}-${TOMORROW_MS}`,
    });
  });

  test('takes a seat in a slot', async () => {
    const stored = booked(PUPPY_CLASS, { seats: [newSeat()] });
    const done = await actions.perform(newBooking(PUPPY_CLASS));
    expect(done).toMatchObject({
      value: { ref: { uid: stored.booking.uid, seatUid: stored.seats?.[1]?.seatId } },
    });
  });

  test('finds the booking if the answer was lost', async () => {
    for (const service of [GROOMING, PUPPY_CLASS]) {
      const startMs = TOMORROW_MS + (service === GROOMING ? 0 : DAY_MS);
      calcom.lose('fails');
      const done = await actions.perform(newBooking(service, startMs));
      const stored = town.account.bookings.at(-1);
      expect(done).toMatchObject({
        value: { ref: { uid: stored?.booking.uid, seatUid: stored?.seats?.[0]?.seatId ?? null } },
      });
    }
  });

  test('is refused with slot_taken if the time is taken', async () => {
    booked(GROOMING);
    expect(uidsOf(await actions.perform(newBooking(GROOMING)))).toBe('slot_taken');
  });
});

test('event types are those of the user', async () => {
  expect(await actions.eventTypes('psi-styl')).toMatchObject({
    ok: true,
    value: expect.arrayContaining([
      { id: GROOMING.id, title: GROOMING.title, minutes: 60, slug: GROOMING.slug },
    ]),
  });
  expect(await actions.eventTypes('nobody')).toEqual({ ok: true, value: [] });
});

describe('an answer that is lost', () => {
  test.each(['fails', 'silent'] as const)(
    'does not hide that it was done: Cal.com %s',
    async (how) => {
      const stored = booked(GROOMING);
      calcom.lose(how);
      const sent = calcom.writes.length;
      const done = await actions.perform({ action: 'cancel', of: plain(stored), reason: 'x' });
      expect(uidsOf(done)).toEqual([stored.booking.uid]);
      expect(calcom.writes.length - sent).toBe(1);
    },
  );

  test('finds where a booking and a seat were moved to', async () => {
    const start = iso(TOMORROW_MS + 5 * HOUR_MS);
    const stored = booked(GROOMING);
    calcom.lose('fails');
    expect(
      uidsOf(await actions.perform({ action: 'move', of: plain(stored), start, reason: null })),
    )
      .toEqual([stored.rescheduledTo, stored.booking.uid]);
    for (const existing of [true, false]) {
      const [seat, day] = [newSeat(), TOMORROW_MS + (existing ? 1 : 3) * DAY_MS];
      const slot = booked(PUPPY_CLASS, { seats: [seat, newSeat()] }, day);
      if (existing) booked(PUPPY_CLASS, { seats: [newSeat()] }, day + DAY_MS);
      calcom.lose('fails');
      const of = { uid: slot.booking.uid, seatUid: seat.seatId };
      const command = { action: 'move', of, start: iso(day + DAY_MS), reason: null } as const;
      expect(uidsOf(await actions.perform(command)))
        .toEqual([town.account.bookings.at(-1)?.booking.uid, slot.booking.uid]);
    }
  });

  test('is calcom_unreachable if nothing was done', async () => {
    const of = plain(booked(GROOMING));
    calcom.fail({ status: 502, body: null });
    expect(uidsOf(await actions.perform({ action: 'cancel', of, reason: 'x' })))
      .toBe('calcom_unreachable');
  });
});

test.each([
  [401, 'key_refused'],
  [403, 'key_refused'],
  [404, 'booking_not_found'],
  [429, 'rate_limited'],
])('status %i is %s, and nothing more is asked', async (status, code) => {
  const of = plain(booked(GROOMING));
  calcom.fail({ status, body: null });
  const before = calcom.requests.length;
  expect(uidsOf(await actions.perform({ action: 'cancel', of, reason: 'x' }))).toBe(code);
  expect(calcom.requests.length - before).toBe(1);
});

test('a key that no request can carry is key_refused', async () => {
  const broken = createBookingActions('cal_klucz\nł', settings());
  const of = plain(booked(GROOMING));
  expect(uidsOf(await broken.perform({ action: 'cancel', of, reason: 'x' }))).toBe('key_refused');
});

test('looking for an action does not do it', async () => {
  const stored = booked(GROOMING);
  const sent = calcom.writes.length;
  const command = { action: 'cancel', of: plain(stored), reason: 'x' } as const;
  expect(uidsOf(await actions.lookFor(command))).toBe('calcom_unreachable');
  stored.status = 'cancelled';
  expect(uidsOf(await actions.lookFor(command))).toEqual([stored.booking.uid]);
  expect(calcom.writes).toHaveLength(sent);
});

test('no connection is kept between requests', async () => {
  const sent: string[] = [];
  const own = createBookingActions(town.account.apiKey, {
    ...settings(),
    fetch: (url, init) => {
      sent.push(new Headers(init?.headers).get('connection') ?? 'kept');
      return fetch(url, init);
    },
  });
  await own.perform({ action: 'cancel', of: plain(booked(GROOMING)), reason: 'x' });
  expect(sent).toEqual(['close', 'close', 'close']);
});
