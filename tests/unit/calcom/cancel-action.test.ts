import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GROOMING, PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import { createBookingActions } from '../../../supabase/functions/_shared/calcom/booking-actions.ts';
import { HOUR_MS } from '../../support/calcom/town.ts';
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

describe('cancel', () => {
  test('cancels a booking, and shows it cancelled', async () => {
    const stored = scene.booked(GROOMING);
    const done = await scene.actions.perform({
      action: 'cancel',
      of: plain(stored),
      reason: 'choroba',
    });
    expect(done).toMatchObject({
      ok: true,
      value: { ref: plain(stored), shown: [{ booking: { status: 'cancelled' } }] },
    });
    expect(stored.cancellationReason).toBe('choroba');
  });

  test('cancels one seat and leaves the others', async () => {
    const [seat, other] = [scene.newSeat(), scene.newSeat()];
    const stored = scene.booked(PUPPY_CLASS, { seats: [seat, other] });
    const of = { uid: stored.booking.uid, seatUid: seat.seatId };
    expect(await scene.actions.perform({ action: 'cancel', of, reason: 'choroba' }))
      .toMatchObject({ ok: true, value: { shown: [{ booking: { status: 'accepted' } }] } });
    expect(stored.seats).toEqual([other]);
  });

  test('counts as done if the booking was cancelled before', async () => {
    const stored = scene.booked(GROOMING, { status: 'cancelled' });
    const done = await scene.actions.perform({
      action: 'cancel',
      of: plain(stored),
      reason: 'choroba',
    });
    expect(uidsOf(done)).toEqual([stored.booking.uid]);
  });
});

test('a cancelled seat counts as done only if all the seats are listed', async () => {
  const seat = scene.newSeat();
  const stored = scene.booked(PUPPY_CLASS, { seats: [seat, scene.newSeat()] });
  const of = { uid: stored.booking.uid, seatUid: seat.seatId };
  // As if the salon had deleted the event type.
  const withoutSeats = createBookingActions(scene.town.account.apiKey, {
    ...scene.settings(),
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
  const [seat, other] = [scene.newSeat(), scene.newSeat()];
  const stored = scene.booked(PUPPY_CLASS, { seats: [seat, other], status: 'pending' });
  const of = { uid: stored.booking.uid, seatUid: null };
  const ofSeat = { ...of, seatUid: seat.seatId };
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);
  const sent = scene.calcom.writes.length;
  expect([
    uidsOf(await scene.actions.perform({ action: 'cancel', of, reason: 'x' })),
    uidsOf(await scene.actions.perform({ action: 'move', of, start, reason: null })),
    uidsOf(await scene.actions.perform({ action: 'no_show', of, absent: true })),
    uidsOf(await scene.actions.perform({ action: 'decline', of: ofSeat, reason: null })),
  ]).toEqual(['refused', 'refused', 'refused', 'refused']);
  expect(scene.calcom.writes).toHaveLength(sent);
});

test('cancel is refused if the booking was moved, since the new one lives on', async () => {
  const of = plain(scene.booked(GROOMING));
  const start = iso(TOMORROW_MS + 5 * HOUR_MS);
  await scene.actions.perform({ action: 'move', of, start, reason: null });
  expect(uidsOf(await scene.actions.perform({ action: 'cancel', of, reason: 'x' }))).toBe(
    'refused',
  );
});
