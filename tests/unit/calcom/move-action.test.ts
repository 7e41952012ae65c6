import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GROOMING, PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import { DAY_MS, HOUR_MS, LAST_MOMENT_MS } from '../../support/calcom/town.ts';
import {
  type BookingScene,
  iso,
  openBookingScene,
  plain,
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

describe('move', () => {
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);

  test('moves a booking, as its host, and shows the new one and the old one', async () => {
    const stored = scene.booked(GROOMING);
    const command = { action: 'move', of: plain(stored), start, reason: 'awaria' } as const;
    const done = await scene.actions.perform(command);
    expect(uidsOf(done)).toEqual([stored.rescheduledTo, stored.booking.uid]);
    expect(done).toMatchObject({ value: { ref: { uid: stored.rescheduledTo, seatUid: null } } });
    expect(scene.calcom.writes.at(-1)).toContain(
      `"rescheduledBy":"${stored.booking.host.email}","reschedulingReason":"awaria"`,
    );
  });

  test.each(['an existing slot', 'a free time'])('moves one seat into %s', async (where) => {
    const [seat, other] = [scene.newSeat(), scene.newSeat()];
    const stored = scene.booked(PUPPY_CLASS, { seats: [seat, other] });
    if (where === 'an existing slot') {
      scene.booked(PUPPY_CLASS, { seats: [scene.newSeat()] }, Date.parse(start));
    }
    const of = { uid: stored.booking.uid, seatUid: seat.seatId };
    const done = await scene.actions.perform({ action: 'move', of, start, reason: null });
    const slot = scene.town.account.bookings.at(-1);
    const ref = { uid: slot?.booking.uid, seatUid: slot?.seats?.at(-1)?.seatId };
    expect(done).toMatchObject({ ok: true, value: { ref, seatFrom: stored.booking.uid } });
    expect(stored.seats).toEqual([other]);
  });

  test('counts as done if a webhook told of it before its answer came', async () => {
    const stored = scene.booked(GROOMING);
    await scene.actions.perform({ action: 'move', of: plain(stored), start, reason: null });
    const of = { uid: stored.rescheduledTo ?? '', seatUid: null };
    const command = { action: 'move', of, start, reason: null } as const;
    expect(uidsOf(await scene.actions.lookFor(command))).toEqual([of.uid]);
    const moved = scene.town.account.bookings.at(-1);
    Object.assign(moved ?? {}, { status: 'cancelled' });
    expect(uidsOf(await scene.actions.lookFor(command))).toBe('calcom_unreachable');
  });

  test('is refused with slot_taken if the time is taken', async () => {
    scene.booked(GROOMING, {}, Date.parse(start));
    const command = {
      action: 'move',
      of: plain(scene.booked(GROOMING)),
      start,
      reason: null,
    } as const;
    expect(uidsOf(await scene.actions.perform(command))).toBe('slot_taken');
  });

  test('is refused with slot_taken if the time is over', async () => {
    const of = plain(scene.booked(GROOMING));
    const command = {
      action: 'move',
      of,
      start: iso(LAST_MOMENT_MS - DAY_MS),
      reason: null,
    } as const;
    expect(uidsOf(await scene.actions.perform(command))).toBe('slot_taken');
  });

  test('is refused if the booking was moved elsewhere', async () => {
    const stored = scene.booked(GROOMING);
    const elsewhere = iso(TOMORROW_MS + 2 * HOUR_MS);
    const moveTo = (to: string) =>
      scene.actions.perform({ action: 'move', of: plain(stored), start: to, reason: null });
    await moveTo(elsewhere);
    expect(uidsOf(await moveTo(start))).toBe('refused');
  });
});
