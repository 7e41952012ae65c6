import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emailOf } from '../../../cli/simulator/world/people.ts';
import { GROOMING, PUPPY_CLASS, TRIMMING } from '../../../cli/simulator/world/services.ts';
import { createBookingActions } from '../../../supabase/functions/_shared/calcom/booking-actions.ts';
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

describe('no_show', () => {
  test('names the booker by e-mail address, and can be taken back', async () => {
    const stored = scene.booked(GROOMING, {}, LAST_MOMENT_MS - HOUR_MS);
    for (const absent of [true, false]) {
      await scene.actions.perform({ action: 'no_show', of: plain(stored), absent });
      expect(stored.absent).toBe(absent);
    }
  });

  test('names the booker of the seat', async () => {
    const seats = [scene.newSeat(), scene.newSeat()];
    const stored = scene.booked(PUPPY_CLASS, { seats }, LAST_MOMENT_MS - HOUR_MS);
    const of = { uid: stored.booking.uid, seatUid: seats[1]?.seatId ?? '' };
    await scene.actions.perform({ action: 'no_show', of, absent: true });
    expect(seats.map(({ absent }) => absent)).toEqual([false, true]);
    expect(scene.calcom.writes.at(-1)).toContain(
      emailOf(seats[1]?.booker ?? scene.town.newcomer()),
    );
  });

  test('is refused before the appointment begins', async () => {
    const command = { action: 'no_show', of: plain(scene.booked(GROOMING)), absent: true } as const;
    expect(uidsOf(await scene.actions.perform(command))).toBe('refused');
  });
});

test.each([['confirm', 'accepted'], ['decline', 'rejected']] as const)(
  '%s leaves a pending booking %s',
  async (action, status) => {
    const stored = scene.booked(TRIMMING, { status: 'pending' });
    await scene.actions.perform({ action, of: plain(stored), reason: 'brak czasu' });
    expect(stored.status).toBe(status);
  },
);

describe('an answer that is lost', () => {
  test.each(['fails', 'silent'] as const)(
    'does not hide that it was done: Cal.com %s',
    async (how) => {
      const stored = scene.booked(GROOMING);
      scene.calcom.lose(how);
      const sent = scene.calcom.writes.length;
      const done = await scene.actions.perform({
        action: 'cancel',
        of: plain(stored),
        reason: 'x',
      });
      expect(uidsOf(done)).toEqual([stored.booking.uid]);
      expect(scene.calcom.writes.length - sent).toBe(1);
    },
  );

  test('finds where a booking and a seat were moved to', async () => {
    const start = iso(TOMORROW_MS + 5 * HOUR_MS);
    const stored = scene.booked(GROOMING);
    scene.calcom.lose('fails');
    expect(
      uidsOf(
        await scene.actions.perform({ action: 'move', of: plain(stored), start, reason: null }),
      ),
    )
      .toEqual([stored.rescheduledTo, stored.booking.uid]);
    for (const existing of [true, false]) {
      const [seat, day] = [scene.newSeat(), TOMORROW_MS + (existing ? 1 : 3) * DAY_MS];
      const slot = scene.booked(PUPPY_CLASS, { seats: [seat, scene.newSeat()] }, day);
      if (existing) scene.booked(PUPPY_CLASS, { seats: [scene.newSeat()] }, day + DAY_MS);
      scene.calcom.lose('fails');
      const of = { uid: slot.booking.uid, seatUid: seat.seatId };
      const command = { action: 'move', of, start: iso(day + DAY_MS), reason: null } as const;
      expect(uidsOf(await scene.actions.perform(command)))
        .toEqual([scene.town.account.bookings.at(-1)?.booking.uid, slot.booking.uid]);
    }
  });

  test('is calcom_unreachable if nothing was done', async () => {
    const of = plain(scene.booked(GROOMING));
    scene.calcom.fail({ status: 502, body: null });
    expect(uidsOf(await scene.actions.perform({ action: 'cancel', of, reason: 'x' })))
      .toBe('calcom_unreachable');
  });
});

test.each([
  [401, 'key_refused'],
  [403, 'key_refused'],
  [404, 'booking_not_found'],
  [429, 'rate_limited'],
])('status %i is %s, and nothing more is asked', async (status, code) => {
  const of = plain(scene.booked(GROOMING));
  scene.calcom.fail({ status, body: null });
  const before = scene.calcom.requests.length;
  expect(uidsOf(await scene.actions.perform({ action: 'cancel', of, reason: 'x' }))).toBe(code);
  expect(scene.calcom.requests.length - before).toBe(1);
});

test('a key that no request can carry is key_refused', async () => {
  const broken = createBookingActions('cal_klucz\nł', scene.settings());
  const of = plain(scene.booked(GROOMING));
  expect(uidsOf(await broken.perform({ action: 'cancel', of, reason: 'x' }))).toBe('key_refused');
});

test('looking for an action does not do it', async () => {
  const stored = scene.booked(GROOMING);
  const sent = scene.calcom.writes.length;
  const command = { action: 'cancel', of: plain(stored), reason: 'x' } as const;
  expect(uidsOf(await scene.actions.lookFor(command))).toBe('calcom_unreachable');
  stored.status = 'cancelled';
  expect(uidsOf(await scene.actions.lookFor(command))).toEqual([stored.booking.uid]);
  expect(scene.calcom.writes).toHaveLength(sent);
});

test('no connection is kept between requests', async () => {
  const sent: string[] = [];
  const own = createBookingActions(scene.town.account.apiKey, {
    ...scene.settings(),
    fetch: (url, init) => {
      sent.push(new Headers(init?.headers).get('connection') ?? 'kept');
      return fetch(url, init);
    },
  });
  await own.perform({ action: 'cancel', of: plain(scene.booked(GROOMING)), reason: 'x' });
  expect(sent).toEqual(['close', 'close', 'close']);
});
