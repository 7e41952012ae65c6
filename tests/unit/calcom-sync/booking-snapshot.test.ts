import { describe, expect, test } from 'vitest';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { AS_OF, PLAIN, read, readOne, without } from '../support/api-bookings.ts';

describe('a plain booking', () => {
  test('follows the rules of the webhooks', () => {
    expect(readOne()).toMatchObject({
      trigger: 'BOOKING_SYNCED',
      uid: 'booking-uid',
      rescheduleUid: null,
      seated: false,
      wholeSlot: false,
      organizerUsername: 'psi-styl',
      hostUsername: 'psi-styl',
      hostName: 'Katarzyna Wrona',
      clientId: 'c0000000-0000-4000-8000-0000000000a1',
      startTime: '2026-09-15T08:00:00.000Z',
      endTime: '2026-09-15T09:00:00.000Z',
      description: 'boi się suszarki',
      location: 'ul. Dolnych Młynów 7/2, Kraków',
      meetingUrl: null,
      attendeeName: 'Zofia Kaczmarek',
      attendeeEmail: 'zofia@poczta.example',
      attendeePhone: '+48501220314',
      icalUid: 'booking-uid@Cal.com',
      recurring: false,
      snapshot: { status: 'accepted', ended: false, absent: false, movedTo: null, seats: null },
    });
  });

  test('is stored as received', () => {
    const snapshots = read(PLAIN);
    expect(snapshots).toMatchObject([{ payload: PLAIN }]);
  });

  test.each([
    ['of the request', {}, AS_OF],
    [
      'of the last change, if that was later',
      { updatedAt: '2026-09-10T12:00:30.000Z' },
      '2026-09-10T12:00:30.000Z',
    ],
    [
      'of its creation, if that was later',
      { createdAt: '2026-09-10T12:00:20.000Z' },
      '2026-09-10T12:00:20.000Z',
    ],
  ])('is sure of what happened until %s', (_when, change, occurredAt) => {
    expect(readOne(change)?.occurredAt).toBe(occurredAt);
  });

  test.each([
    ['ended', { end: AS_OF, start: '2026-09-10T11:00:00.000Z' }, { ended: true }],
    ['not over yet', { end: '2026-09-10T12:00:01.000Z', start: AS_OF }, { ended: false }],
    ['to be confirmed', { status: 'pending' }, { status: 'pending' }],
    ['without a host yet', { status: 'awaiting_host' }, { status: 'pending' }],
    ['declined', { status: 'REJECTED' }, { status: 'rejected' }],
    ['moved', { status: 'cancelled', rescheduledToUid: 'next' }, { movedTo: 'next' }],
    [
      'moved, but still accepted',
      { rescheduledToUid: 'next' },
      { status: 'accepted', movedTo: 'next' },
    ],
  ])('may be %s', (_what, change, snapshot) => {
    expect(readOne(change)?.snapshot).toMatchObject(snapshot);
  });

  test('is a no-show only if the booker was absent', () => {
    expect(readOne({ attendees: [{ email: 'a@x.example', absent: true }] })?.snapshot?.absent)
      .toBe(true);
  });

  test('has the reason of its cancellation, its predecessor and its series', () => {
    const change = {
      status: 'cancelled',
      cancellationReason: 'choroba',
      rescheduledFromUid: 'before',
      recurringBookingUid: 'series',
    };
    expect(readOne(change)).toMatchObject({
      cancellationReason: 'choroba',
      rescheduleUid: 'before',
      recurring: true,
    });
  });

  test('with a video call has its link', () => {
    expect(readOne({ location: 'https://app.cal.com/video/x' })?.meetingUrl)
      .toBe('https://app.cal.com/video/x');
  });

  test('with members of a wrong type is still valid', () => {
    const odd = {
      attendees: 'none',
      metadata: 7,
      title: {},
      icsUid: 1,
      bookingFieldsResponses: [],
    };
    expect(readOne(odd)).toMatchObject({ uid: 'booking-uid', title: null, attendeeEmail: null });
  });
});

test('a plain booking whose answers Cal.com cannot read is not a slot with seats', () => {
  const unreadable = { bookingFieldsResponses: { name: 'unknown', email: 'unknown' } };
  expect(readOne(unreadable)).toMatchObject({
    seated: false,
    wholeSlot: false,
    attendeeEmail: 'zofia@poczta.example',
  });
});

test.each([
  ['with the character that joins a uid and a seat', 'later#seat'],
  ['too long for the database', 'x'.repeat(256)],
])('a successor %s is not followed', (_what, rescheduledToUid) => {
  expect(readOne({ rescheduledToUid })?.snapshot?.movedTo).toBeNull();
});

describe('what is left out', () => {
  test.each([
    ['has another host', { hosts: [{ username: 'inny-salon' }] }],
    ['has no host any more', { hosts: [{ username: 'unknown' }] }],
    ['has no list of hosts', { hosts: null }],
  ])('a booking that %s is foreign', (_whose, change) => {
    expect(read({ ...PLAIN, ...change })).toBe('foreign');
  });

  test('one of several hosts is enough, in upper or lower case', () => {
    const hosts = [{ username: 'kolega' }, { username: 'Psi-Styl' }];
    expect(read({ ...PLAIN, hosts })).toHaveLength(1);
  });

  test("a booking that a colleague took over stays the salon's, and has another host", () => {
    const hosts = [{ username: 'ola', name: 'Aleksandra Bielak' }];
    const taken = { ...PLAIN, hosts };
    const expected = [{
      booking: {
        organizerUsername: 'psi-styl',
        hostUsername: 'ola',
        hostName: 'Aleksandra Bielak',
      },
    }];
    expect(read(taken, ['booking-uid'])).toMatchObject(expected);
    expect(read({ ...taken, rescheduledFromUid: 'before' }, ['before'])).toMatchObject(expected);
    expect(read(taken, ['another'])).toBe('foreign');
  });

  test('a booking that we know, whose host has no account any more, keeps the host it had', () => {
    const gone = { ...PLAIN, hosts: [{ username: 'unknown', name: 'unknown' }] };
    expect(read(gone, ['booking-uid']))
      .toMatchObject([{ booking: { hostUsername: null, hostName: null } }]);
  });

  test('a booking that we know, whose host has no username, is hosted by a name', () => {
    const taken = { ...PLAIN, hosts: [{ username: 'unknown', name: 'Ola Nowa' }] };
    expect(read(taken, ['booking-uid']))
      .toMatchObject([{ booking: { hostUsername: null, hostName: 'Ola Nowa' } }]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a booking without a uid', without(PLAIN, 'uid')],
    ['a booking without a time', { ...PLAIN, start: 'soon' }],
    ['a booking that ends before it starts', { ...PLAIN, end: '2026-09-15T07:00:00.000Z' }],
    ['a booking of an unknown status', { ...PLAIN, status: 'maybe' }],
  ])('%s is unreadable', (_what, raw) => {
    expect(read(raw)).toBe('unreadable');
  });
});

test('a webhook with the trigger of a snapshot is ignored', () => {
  const body = { triggerEvent: 'BOOKING_SYNCED', createdAt: AS_OF, payload: PLAIN };
  expect(parseDelivery(JSON.stringify(body))).toMatchObject({ kind: 'ignored' });
});
