import { describe, expect, test } from 'vitest';
import {
  isSeated,
  readApiBooking,
} from '../../../supabase/functions/_shared/calcom/api-booking.ts';
import { hostOf, isHostedBy } from '../../../supabase/functions/_shared/calcom/booking-host.ts';
import { uidsOf, uidsOfOthers } from '../../../supabase/functions/_shared/calcom/booking-uids.ts';

const read = (value: object) => {
  const booking = readApiBooking(value);
  if (booking === null) throw new Error('not an object');
  return booking;
};
const hosts = [{ username: 'Psi-Styl', name: 'Ola' }, { username: 'inny' }];

describe('a booking of the API', () => {
  test('loses members of another type, and nothing else', () => {
    const kept = { uid: 'a', hosts, attendees: [{ email: 'a@poczta.pl', absent: true }] };
    expect(read({ ...kept, title: 7, start: null, location: {} })).toEqual(kept);
    expect(read({ uid: 7, hosts: 'Ola', attendees: 'Jan' })).toEqual({ hosts: [], attendees: [] });
    expect(read({ hosts: ['Ola'], attendees: [7, { seatUid: 's', absent: 'no' }] })).toEqual({
      ...{ hosts: [{}], attendees: [{}, { seatUid: 's' }] },
    });
  });

  test('is an object', () => {
    expect([null, [], 'a', 7].map(readApiBooking)).toEqual([null, null, null, null]);
  });

  const seated = (raw: Record<string, unknown>) => isSeated(raw, read(raw));
  const plain = {
    eventTypeId: 1,
    attendees: [{ email: 'a@poczta.pl' }],
    bookingFieldsResponses: {},
  };
  const unknown = { name: 'unknown', email: 'unknown' };

  test.each([
    ['a plain booking', plain, false],
    ['one seat', { ...plain, attendees: [{}, { seatUid: 's' }] }, true],
    ['no attendee and no answers', { eventTypeId: 1, attendees: [] }, true],
    ['no attendee', { ...plain, attendees: [] }, false],
    ['no answers', { eventTypeId: 1, attendees: [{}] }, false],
    ['a deleted event type', { ...plain, eventTypeId: null }, false],
    [
      'unknown answers of a deleted event type',
      { ...plain, eventTypeId: null, bookingFieldsResponses: unknown },
      true,
    ],
    ['unknown answers', { ...plain, bookingFieldsResponses: unknown }, false],
    [
      'an unknown name',
      { ...plain, eventTypeId: null, bookingFieldsResponses: { ...unknown, email: 'a@poczta.pl' } },
      false,
    ],
    [
      'an unknown address',
      { ...plain, eventTypeId: null, bookingFieldsResponses: { ...unknown, name: 'Jan' } },
      false,
    ],
  ])('with %s has seats: %s', (_what, raw, has) => {
    expect(seated(raw)).toBe(has);
  });
});

describe('the host', () => {
  test('is the first one, without what Cal.com does not know', () => {
    expect(hostOf(read({ hosts }))).toEqual({ hostUsername: 'Psi-Styl', hostName: 'Ola' });
    expect(hostOf(read({ hosts: [{ username: 'unknown', name: 'Ola' }] })))
      .toEqual({ hostUsername: null, hostName: 'Ola' });
    expect(hostOf(read({}))).toEqual({ hostUsername: null, hostName: null });
  });

  test('may be any of them, in upper or lower case', () => {
    const booking = read({ hosts });
    expect(['psi-styl', 'INNY', 'styl'].map((host) => isHostedBy(booking, host)))
      .toEqual([true, true, false]);
    expect(isHostedBy(read({ hosts: [{}] }), 'inny')).toBe(false);
  });
});

test('the uids of a booking are its own and the one that it replaces', () => {
  expect(uidsOf(read({ uid: 'b', rescheduledFromUid: 'a' }))).toEqual(['b', 'a']);
  expect([uidsOf(read({ uid: 'b' })), uidsOf(read({}))]).toEqual([['b'], []]);
});

test('the uids of others are those of bookings with other hosts', () => {
  const [ours, theirs] = [{ uid: 'a', hosts }, { uid: 'b', hosts: [], rescheduledFromUid: 'c' }];
  expect(uidsOfOthers([ours, null, theirs, 7], 'psi-styl')).toEqual(['b', 'c']);
});
