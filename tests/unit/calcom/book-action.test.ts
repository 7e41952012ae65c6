import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Service } from '../../../cli/simulator/world/booking.ts';
import { GROOMING, PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import { DAY_MS } from '../../support/calcom/town.ts';
import {
  type BookingScene,
  iso,
  openBookingScene,
  TOMORROW_MS,
  uidsOf,
} from '../support/booking-scene.ts';

let scene: BookingScene;

beforeAll(async () => {
  scene = await openBookingScene();
});
beforeEach(() => scene.forget());
afterEach(() => expect(scene.calcom.violations).toEqual([]));
afterAll(() => scene.stop());

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
    expect(uidsOf(await scene.actions.perform(newBooking(GROOMING))))
      .toEqual([scene.town.account.bookings[0]?.booking.uid]);
    expect(scene.town.account.bookings[0]?.metadata).toEqual({
      barkbookClientId: 'c0000000-0000-4000-8000-0000000000a1',
      barkbookRequestKey: `key-${GROOMING.id}-${TOMORROW_MS}`,
    });
  });

  test('takes a seat in a slot', async () => {
    const stored = scene.booked(PUPPY_CLASS, { seats: [scene.newSeat()] });
    const done = await scene.actions.perform(newBooking(PUPPY_CLASS));
    expect(done).toMatchObject({
      value: { ref: { uid: stored.booking.uid, seatUid: stored.seats?.[1]?.seatId } },
    });
  });

  test('finds the booking if the answer was lost', async () => {
    for (const service of [GROOMING, PUPPY_CLASS]) {
      const startMs = TOMORROW_MS + (service === GROOMING ? 0 : DAY_MS);
      scene.calcom.lose('fails');
      const done = await scene.actions.perform(newBooking(service, startMs));
      const stored = scene.town.account.bookings.at(-1);
      expect(done).toMatchObject({
        value: { ref: { uid: stored?.booking.uid, seatUid: stored?.seats?.[0]?.seatId ?? null } },
      });
    }
  });

  test('is refused with slot_taken if the time is taken', async () => {
    scene.booked(GROOMING);
    expect(uidsOf(await scene.actions.perform(newBooking(GROOMING)))).toBe('slot_taken');
  });
});

test('event types are those of the user', async () => {
  expect(await scene.actions.eventTypes('psi-styl')).toMatchObject({
    ok: true,
    value: expect.arrayContaining([
      { id: GROOMING.id, title: GROOMING.title, minutes: 60, slug: GROOMING.slug },
    ]),
  });
  expect(await scene.actions.eventTypes('nobody')).toEqual({ ok: true, value: [] });
});
