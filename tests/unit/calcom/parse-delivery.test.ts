import { describe, expect, test } from 'vitest';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { BOOKING, bookingIn, created, failedPaths, flat, wrapped } from '../support/deliveries.ts';

describe('the envelope', () => {
  test('has the time of a wrapped event', () => {
    expect(created().occurredAt).toBe('2026-09-12T12:00:00.000Z');
  });

  test('of a flat MEETING_ENDED is the booking itself, and its end the time of the event', () => {
    expect(bookingIn(flat())).toMatchObject({
      uid: 'abc123',
      organizerUsername: 'psi-styl',
      occurredAt: '2026-09-29T12:00:00.000Z',
    });
  });

  test('of a MEETING_ENDED with the booking on both levels does not have the time', () => {
    expect(bookingIn(flat({ payload: BOOKING })).occurredAt).toBe('2026-09-29T12:00:00.000Z');
  });

  test.each([undefined, null, 'yesterday', 5])('may have the createdAt %j', (createdAt) => {
    const text = JSON.stringify({ triggerEvent: 'BOOKING_CREATED', createdAt, payload: BOOKING });
    expect(bookingIn(text).occurredAt).toBeNull();
  });

  test('may have unknown members', () => {
    const text = JSON.stringify({ ...JSON.parse(wrapped('BOOKING_CREATED')), newThing: [1] });
    expect(bookingIn(text).uid).toBe('abc123');
  });
});

describe('a delivery is ignored', () => {
  test.each([
    'PING',
    'MEETING_STARTED',
    'INSTANT_MEETING_ACCEPTED',
    'BOOKING_FOLDED',
    'booking_created',
  ])(
    'when its trigger is %s',
    (triggerEvent) => {
      expect(parseDelivery(wrapped(triggerEvent))).toMatchObject({
        kind: 'ignored',
        trigger: triggerEvent,
      });
    },
  );
});

test('an unknown trigger is cut to a length that can be shown', () => {
  expect(parseDelivery(wrapped('X'.repeat(50_000))))
    .toMatchObject({ kind: 'ignored', trigger: 'X'.repeat(100) });
});

describe('a delivery is refused', () => {
  test.each(['', '{', '{"a":1,}', 'event=BOOKING_CREATED', 'undefined'])(
    'when %j is not JSON, and its text is kept',
    (text) => {
      expect(parseDelivery(text)).toEqual({
        kind: 'invalid',
        code: 'invalid_json',
        trigger: null,
        paths: [],
        payload: { raw: text },
      });
    },
  );

  test.each(['null', 'false', '7', '"text"', '[]', '{}', '{"triggerEvent":7}'])(
    'when %s has no trigger',
    (text) => expect(failedPaths(text)).toEqual(['triggerEvent']),
  );

  test('when only its status hints at a trigger', () => {
    expect(failedPaths(JSON.stringify({ ...BOOKING, status: 'ACCEPTED' })))
      .toEqual(['triggerEvent']);
  });

  test.each([undefined, null, 'uid=abc', [BOOKING]])('when its payload is %j', (payload) => {
    expect(failedPaths(JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload })))
      .toEqual(['payload']);
  });

  test.each([undefined, null, '', 12345, {}, 'x'.repeat(256)])('when its uid is %j', (uid) => {
    expect(failedPaths(wrapped('BOOKING_CANCELLED', { uid }))).toEqual(['payload.uid']);
  });

  test.each([
    ['BOOKING_CREATED', { uid: 'abc123#x' }, ['payload.uid']],
    ['BOOKING_NO_SHOW_UPDATED', { bookingUid: 'abc123#x' }, ['payload.bookingUid']],
    ['BOOKING_RESCHEDULED', { rescheduleUid: '#' }, ['payload.rescheduleUid']],
    ['BOOKING_CREATED', { attendeeSeatId: 's-1#s-2' }, ['payload.attendeeSeatId']],
    [
      'BOOKING_CANCELLED',
      { attendees: [{ bookingSeat: { referenceUid: 's-1#s-2' } }] },
      ['payload.attendees.0.bookingSeat.referenceUid'],
    ],
    [
      'BOOKING_CREATED',
      { uid: '#', rescheduleUid: '#', attendeeSeatId: '#', endTime: null },
      ['payload.uid', 'payload.rescheduleUid', 'payload.attendeeSeatId', 'payload.endTime'],
    ],
  ])('when an id of %s could be read as another one: %j', (trigger, members, paths) => {
    expect(failedPaths(wrapped(trigger, members))).toEqual(paths);
  });

  test('with the path in a flat body if the body is flat', () => {
    expect(failedPaths(flat({ uid: null }))).toEqual(['uid']);
  });

  test('when a no-show event has a uid instead of a bookingUid', () => {
    expect(failedPaths(wrapped('BOOKING_NO_SHOW_UPDATED'))).toEqual(['payload.bookingUid']);
  });

  test("when it is the specification's curl call", () => {
    expect(failedPaths('{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"test"}}'))
      .toEqual(['payload.startTime', 'payload.endTime']);
  });
});

describe('the stored payload', () => {
  test('is the whole body', () => {
    const text = wrapped('BOOKING_CREATED', { anything: { else: 1 } });
    expect(parseDelivery(text).payload).toEqual(JSON.parse(text));
  });

  test('is the text if the body is nested too deeply, although the booking is parsed', () => {
    const deep = JSON.parse('['.repeat(100) + ']'.repeat(100));
    const text = wrapped('BOOKING_CREATED', { deep });
    expect(parseDelivery(text)).toMatchObject({
      kind: 'booking',
      booking: { uid: 'abc123' },
      payload: { raw: text },
    });
  });

  test('is the text if the body is null, which a column cannot distinguish from no body', () => {
    expect(parseDelivery('null').payload).toEqual({ raw: 'null' });
  });

  test('is the body without calendar files, at any level', () => {
    const text = JSON.stringify({
      triggerEvent: 'BOOKING_CREATED',
      payload: { ...BOOKING, organizerIcsContent: 'BEGIN', attendees: [{ attendeeIcsContent: 1 }] },
      attendeeIcsContent: 'BEGIN:VCALENDAR',
    });
    expect(parseDelivery(text).payload).toEqual({
      triggerEvent: 'BOOKING_CREATED',
      payload: { ...BOOKING, attendees: [{}] },
    });
  });

  test.each([
    [
      'cut off after it',
      '{"attendeeIcsContent": "a\\"b", "uid":',
      '{"attendeeIcsContent": "", "uid":',
    ],
    [
      'cut off within it',
      '{"uid":"a","organizerIcsContent":"BEG',
      '{"uid":"a","organizerIcsContent":""',
    ],
    ['cut off within an escape', '{"organizerIcsContent":"BEG\\', '{"organizerIcsContent":""'],
    [
      'nested too deeply',
      `{"a":${'['.repeat(70)}{"attendeeIcsContent":"BEGIN"}${']'.repeat(70)}}`,
      `{"a":${'['.repeat(70)}{"attendeeIcsContent":""}${']'.repeat(70)}}`,
    ],
  ])('is the text without a calendar file if the body is %s', (_how, text, raw) => {
    expect(parseDelivery(text).payload).toEqual({ raw });
  });

  test('has no characters that Postgres refuses', () => {
    expect(created({ title: 'a\0b', uid: 'u\0' })).toMatchObject({
      title: 'a\uFFFDb',
      uid: 'u\uFFFD',
    });
  });
});
