import { describe, expect, test } from 'vitest';
import { bookingIn, created, failedPaths, wrapped } from '../support/deliveries.ts';

const BOOKING_TRIGGERS_WITH_TIME = [
  'BOOKING_CREATED',
  'BOOKING_REQUESTED',
  'BOOKING_RESCHEDULED',
  'BOOKING_LOCATION_UPDATED',
  'BOOKING_REASSIGNED',
  'BOOKING_PAYMENT_INITIATED',
  'BOOKING_PAID',
];

describe('times of a booking', () => {
  test.each([
    ['without milliseconds', '2026-09-29T11:00:00Z'],
    ['with milliseconds', '2026-09-29T11:00:00.000Z'],
    ['with a zero offset', '2026-09-29T11:00:00+00:00'],
    ['with the offset of the server', '2026-09-29T13:00:00+02:00'],
  ])('are read %s', (_form, startTime) => {
    expect(created({ startTime }).startTime).toBe('2026-09-29T11:00:00.000Z');
  });

  test('keep both hours that a clock shows twice in autumn apart', () => {
    const booking = created({
      startTime: '2026-10-25T02:30:00+02:00',
      endTime: '2026-10-25T02:30:00+01:00',
    });
    expect([booking.startTime, booking.endTime])
      .toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  test.each([
    ['have no zone', '2026-09-29T11:00:00'],
    ['are only a date', '2026-09-29'],
    ['name the 30th of February', '2026-02-30T11:00:00Z'],
    ['name hour 25', '2026-09-29T25:00:00Z'],
    ['are words', 'jutro o 10'],
    ['are empty', ''],
    ['are a number', 1_790_000_000_000],
    ['are null', null],
    ['are in the distant past', '0001-01-01T00:00:00Z'],
    ['are after the year 9999', '9999-12-31T23:59:00-05:00'],
  ])('are refused when they %s', (_form, startTime) => {
    expect(failedPaths(wrapped('BOOKING_CREATED', { startTime }))).toEqual(['payload.startTime']);
  });

  test.each(BOOKING_TRIGGERS_WITH_TIME)('are needed by %s', (trigger) => {
    expect(failedPaths(wrapped(trigger, { startTime: undefined, endTime: undefined })))
      .toEqual(['payload.startTime', 'payload.endTime']);
  });

  test('are refused when the end comes before the start', () => {
    expect(failedPaths(wrapped('BOOKING_CREATED', { endTime: '2026-09-29T10:59:59Z' })))
      .toEqual(['payload.endTime']);
  });
});

describe('a booking that ends when it starts', () => {
  const endTime = '2026-09-29T11:00:00Z';

  test('lasts the length of its event type in minutes', () => {
    expect(created({ endTime, length: 45 }).endTime).toBe('2026-09-29T11:45:00.000Z');
  });

  test.each([undefined, 0, -30, '45', 1e300])('is refused with the length %j', (length) => {
    expect(failedPaths(wrapped('BOOKING_CREATED', { endTime, length })))
      .toEqual(['payload.endTime']);
  });
});

describe('an event that need not have a time', () => {
  test.each(['BOOKING_CANCELLED', 'BOOKING_REJECTED', 'MEETING_ENDED'])(
    '%s is valid without times',
    (trigger) => {
      expect(bookingIn(wrapped(trigger, { startTime: '', endTime: '' })))
        .toMatchObject({ startTime: null, endTime: null });
    },
  );

  test('loses both times if the end is not after the start', () => {
    expect(bookingIn(wrapped('BOOKING_CANCELLED', { endTime: '2026-09-29T11:00:00Z' })))
      .toMatchObject({ startTime: null, endTime: null });
  });
});
