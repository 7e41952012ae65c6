import { describe, expect, test } from 'vitest';
import { PLAIN, read, SLOT, without } from '../support/api-bookings.ts';

describe('a slot with seats', () => {
  test('whose event type was deleted has no ids of seats, and is about the whole slot', () => {
    // As hosted Cal.com answered on 8 September 2026.
    const orphan = {
      ...PLAIN,
      eventType: null,
      eventTypeId: null,
      description: null,
      attendees: [{ name: 'Zofia Kaczmarek', email: 'zofia@poczta.example', absent: false }],
      bookingFieldsResponses: {
        name: 'unknown',
        email: 'unknown',
        displayEmail: 'unknown',
        guests: [],
        rescheduledReason: 'unknown',
      },
      status: 'cancelled',
    };
    const snapshots = read(orphan);
    expect(snapshots).toHaveLength(1);
    expect(snapshots).toMatchObject([{
      booking: {
        seated: true,
        seatId: null,
        wholeSlot: true,
        attendeeEmail: null,
        snapshot: { status: 'cancelled', seats: null },
      },
      payload: { attendees: [] },
    }]);
  });

  test('gives one snapshot for each seat, and one for the whole slot', () => {
    expect(read(SLOT)).toMatchObject([
      {
        booking: {
          seated: true,
          seatId: 'seat-z',
          wholeSlot: false,
          attendeeEmail: 'z@poczta.example',
          attendeePhone: '+48600100200',
          snapshot: { absent: false, seats: null },
        },
      },
      { booking: { seatId: 'seat-t', snapshot: { absent: true } } },
      {
        booking: {
          seated: true,
          seatId: null,
          wholeSlot: true,
          attendeeEmail: null,
          snapshot: { absent: false, seats: ['seat-z', 'seat-t'] },
        },
      },
    ]);
  });

  test('has in the snapshot of a seat nothing about other seats', () => {
    const snapshots = read(SLOT);
    const payloads = typeof snapshots === 'string' ? [] : snapshots.map(({ payload }) => payload);
    expect(payloads).toMatchObject([
      { attendees: [{ seatUid: 'seat-z' }] },
      { attendees: [{ seatUid: 'seat-t' }] },
      { attendees: [] },
    ]);
  });

  test('knows its seats only if each has an id', () => {
    const [z, t] = SLOT.attendees;
    const snapshots = read({ ...SLOT, attendees: [z, without(t ?? {}, 'seatUid')] });
    expect(snapshots).toHaveLength(2);
    expect(snapshots).toMatchObject([{}, { booking: { snapshot: { seats: null } } }]);
  });

  test('without attendees gives one snapshot', () => {
    expect(read({ ...SLOT, attendees: [], status: 'cancelled' })).toMatchObject([
      { booking: { wholeSlot: true, snapshot: { status: 'cancelled', seats: null } } },
    ]);
  });

  test('does not say which booking its seats come from', () => {
    const snapshots = read({ ...SLOT, rescheduledFromUid: 'before' });
    expect(snapshots).toMatchObject([
      { booking: { rescheduleUid: null } },
      { booking: { rescheduleUid: null } },
      { booking: { rescheduleUid: null } },
    ]);
  });
});
