import { describe, expect, test } from 'vitest';
import { CASES } from '../../../cli/simulator/cases/cases.ts';
import { setScene } from '../../../cli/simulator/cases/scene.ts';
import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { salonNamed } from '../../../cli/simulator/world/salons.ts';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { bookingIn } from '../support/deliveries.ts';

const NOW = new Date('2026-11-23T15:30:00Z');
const TOMORROW = new Date('2026-11-24T09:00:00Z');
const LAST_WEEK = new Date('2026-11-16T09:00:00Z');

function play(name: string, start = TOMORROW, username = 'psi-styl'): Delivery[] {
  return CASES.get(name)?.play(setScene(salonNamed(username), start, NOW)) ?? [];
}

const CREATED = 'BOOKING_CREATED';
const REQUESTED = 'BOOKING_REQUESTED';
const RESCHEDULED = 'BOOKING_RESCHEDULED';
const CANCELLED = 'BOOKING_CANCELLED';
const NO_SHOW = 'BOOKING_NO_SHOW_UPDATED';

/** How `calcom-webhook` parses each delivery of a case: a trigger in brackets is ignored. */
const READ: Record<string, string[]> = {
  life: [CREATED, RESCHEDULED, 'MEETING_ENDED'],
  'life-cancelled': [CREATED, RESCHEDULED, RESCHEDULED, CANCELLED],
  created: [CREATED],
  'phone-only': [CREATED],
  requested: [REQUESTED],
  confirmed: [REQUESTED, CREATED],
  rejected: [REQUESTED, 'BOOKING_REJECTED'],
  rescheduled: [CREATED, RESCHEDULED],
  'rescheduled-with-confirmation': [REQUESTED, CREATED, REQUESTED, CREATED],
  cancelled: [CREATED, CANCELLED],
  'request-reschedule': [CREATED, CANCELLED],
  'location-updated': [CREATED, 'BOOKING_LOCATION_UPDATED'],
  reassigned: [CREATED, 'BOOKING_REASSIGNED'],
  'payment-initiated': ['BOOKING_PAYMENT_INITIATED'],
  paid: ['BOOKING_PAYMENT_INITIATED', CREATED, 'BOOKING_PAID'],
  started: [CREATED, '(MEETING_STARTED)'],
  ended: [CREATED, 'MEETING_ENDED'],
  'ended-wrapped': [CREATED, 'MEETING_ENDED'],
  'no-show': [CREATED, NO_SHOW],
  'no-show-undone': [CREATED, NO_SHOW, NO_SHOW],
  seats: [CREATED, CREATED, CANCELLED],
  series: [CREATED, CREATED, CREATED, CANCELLED],
  duplicate: [CREATED, CREATED],
  'out-of-order': [CANCELLED, RESCHEDULED, CREATED],
  ping: ['(PING)'],
  unknown: ['(BOOKING_WENT_WELL)'],
  'bad-signature': [CREATED],
  'bad-json': ['invalid_json'],
};

/** The deliveries of people in a hurry, whose order of arrival differs from run to run. */
const READ_IN_ANY_ORDER: Record<string, string[]> = {
  'moved-then-cancelled': [CANCELLED, CREATED, RESCHEDULED],
  'moved-twice': [CREATED, RESCHEDULED, RESCHEDULED],
  'confirmed-at-once': [CREATED, REQUESTED],
  'rejected-at-once': ['BOOKING_REJECTED', REQUESTED],
};

function readAs({ body }: Delivery): string {
  const delivery = parseDelivery(body);
  switch (delivery.kind) {
    case 'booking':
      return delivery.trigger;
    case 'ignored':
      return `(${delivery.trigger})`;
    case 'invalid':
      return delivery.code;
  }
}

test('each case is parsed as intended', () => {
  const read = [...CASES.keys()].map((name) => {
    const triggers = play(name).map(readAs);
    return [name, name in READ_IN_ANY_ORDER ? triggers.sort() : triggers];
  });

  expect(Object.fromEntries(read)).toEqual({ ...READ, ...READ_IN_ANY_ORDER });
});

describe.each([...CASES.keys()])('%s', (name) => {
  test.each([['tomorrow', TOMORROW], ['last week', LAST_WEEK]])(
    'has increasing times that are not in the future, %s',
    (_, start) => {
      const deliveries = play(name, start).filter(({ trigger }) => trigger !== 'MEETING_ENDED');
      const times = deliveries.map(({ body }) => /"createdAt":"([^"]+)"/.exec(body)?.[1] ?? '');
      const inOrder = name === 'out-of-order' ? times.reverse() : times;

      expect(inOrder).toEqual([...inOrder].sort());
      expect(new Set(times).size).toBe(name === 'duplicate' ? 1 : times.length);
      expect(times.every((time) => Date.parse(time) <= NOW.getTime())).toBe(true);
    },
  );

  test('has fresh uids in each run', () => {
    const [first, second] = [play(name), play(name)].map((run) =>
      run.flatMap(({ uid }) => uid ?? [])
    );

    expect(first?.filter((uid) => second?.includes(uid))).toEqual([]);
  });
});

test.each(['confirmed-at-once', 'rejected-at-once'])(
  '%s: the answer arrives before the request',
  (name) => {
    expect(play(name).map(({ trigger }) => trigger).at(-1)).toBe(REQUESTED);
  },
);

test("BarkBook's link names the client and the pet", () => {
  const [delivery] = play('created');

  expect(bookingIn(delivery?.body ?? '')).toMatchObject({
    organizerUsername: 'psi-styl',
    clientId: 'c0000000-0000-4000-8000-0000000000a1',
    petId: 'd0000000-0000-4000-8000-0000000000a1',
    startTime: '2026-11-24T09:00:00.000Z',
    endTime: '2026-11-24T10:00:00.000Z',
    attendeePhone: '+48501220314',
  });
});

/** The payload of the last delivery of a case. */
function lastPayload(name: string): unknown {
  return JSON.parse(play(name).at(-1)?.body ?? '{}').payload;
}

test('a change of the place names the old one, and says nothing of a reschedule', () => {
  expect(lastPayload('location-updated')).toMatchObject({
    location: 'ul. Karmelicka 3, 31-133 Kraków',
    previousLocation: 'ul. Dolnych Młynów 7/2, 31-124 Kraków',
    status: 'ACCEPTED',
    metadata: { source: 'barkbook' },
  });
  expect(lastPayload('location-updated')).not.toHaveProperty('rescheduleUid');
});

test('a reassigned booking has its new host as organizer', () => {
  expect(lastPayload('reassigned')).toMatchObject({
    organizer: { id: 40118, username: 'psi-styl-ola', name: 'Aleksandra Bielak' },
    addedHostUserIds: [40118],
    removedHostUserIds: [40117],
  });
});

test('the cancellation of a seat names the seat only with its booker', () => {
  const payload = lastPayload('seats');
  expect(payload).toMatchObject({
    attendees: [{ bookingSeat: { referenceUid: expect.stringMatching(/^[\w-]{36}$/) } }],
  });
  expect(payload).not.toHaveProperty('attendeeSeatId');
  expect(payload).not.toHaveProperty('cancelledBy');
});

test('"cancel this and following" lacks the rule of the series', () => {
  expect(lastPayload('series')).toMatchObject({ recurrenceTimeZone: 'Europe/Warsaw' });
  expect(lastPayload('series')).not.toHaveProperty('recurringEvent');
});

test('bookers of another salon have no BarkBook link', () => {
  const [delivery] = play('created', TOMORROW, 'somewhere-else');

  expect(bookingIn(delivery?.body ?? '')).toMatchObject({
    organizerUsername: 'somewhere-else',
    clientId: null,
    petId: null,
  });
});

test('a series keeps its time of day when the clocks change', () => {
  const october = new Date('2026-10-13T08:00:00Z');
  const starts = play('series', october).map(({ body }) => bookingIn(body).startTime);

  expect(starts.slice(0, 3)).toEqual([
    '2026-10-13T08:00:00.000Z',
    '2026-11-10T09:00:00.000Z',
    '2026-12-08T09:00:00.000Z',
  ]);
});
