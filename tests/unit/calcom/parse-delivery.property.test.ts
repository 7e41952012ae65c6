import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOOKING_TRIGGERS } from '../../../shared/calcom/calendar-booking.ts';
import { type Delivery, parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { toStorableJson } from '../../../shared/json/storable-json.ts';
import { BOOKING } from '../support/deliveries.ts';

/** Any character and any sequence of UTF-16 units, including those that Postgres refuses. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
);

const anyJson = fc.anything({
  key: anyText,
  values: [anyText, fc.double(), fc.boolean(), fc.constant(null)],
  maxDepth: 4,
});

const anyBooking = fc.record(
  Object.fromEntries(
    [
      ...Object.keys(BOOKING),
      'bookingUid',
      'rescheduleUid',
      'metadata',
      'responses',
      'location',
      'length',
      'attendeeSeatId',
      'recurrenceTimeZone',
      'smsReminderNumber',
      'recurringEvent',
      'cancellationReason',
    ].map((member) => [member, anyJson]),
  ),
  { requiredKeys: [] },
);

function expectStorable(delivery: Delivery): void {
  const kept = { payload: delivery.payload, ...('booking' in delivery ? delivery.booking : {}) };
  expect(toStorableJson(kept)).toEqual({ value: kept, complete: true });
}

test('any text is parsed, without throwing, into something Postgres can store', () => {
  fc.assert(fc.property(anyText, (text) => expectStorable(parseDelivery(text))));
});

test('any JSON is parsed, without throwing, into something Postgres can store', () => {
  fc.assert(fc.property(anyJson, (value) => {
    expectStorable(parseDelivery(JSON.stringify(value) ?? ''));
  }));
});

test('any booking with any trigger is parsed without throwing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...BOOKING_TRIGGERS),
      anyBooking,
      fc.boolean(),
      (triggerEvent, members, wrapped) => {
        const booking = { ...BOOKING, ...members };
        const body = wrapped ? { triggerEvent, payload: booking } : { triggerEvent, ...booking };
        expectStorable(parseDelivery(JSON.stringify(body)));
      },
    ),
  );
});

test('a usable booking always ends after it starts', () => {
  const instant = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  fc.assert(
    fc.property(instant, instant, fc.double(), (startTime, endTime, length) => {
      const payload = { ...BOOKING, startTime, endTime, length };
      const text = JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload });
      const delivery = parseDelivery(text);
      if (delivery.kind !== 'booking') return;
      const { booking } = delivery;
      expect(Date.parse(booking.endTime ?? '')).toBeGreaterThan(
        Date.parse(booking.startTime ?? ''),
      );
    }),
  );
});
