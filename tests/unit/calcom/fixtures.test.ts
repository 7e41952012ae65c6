import { expect, test } from 'vitest';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { verifySignature } from '../../../shared/calcom/signature.ts';
import { FIXTURE_SECRET, readDeliveries, readDelivery } from '../../fixtures/calcom/deliveries.ts';

/**
 * The booking in each delivery that has one: number, trigger, uid, start and end in UTC, e-mail and
 * phone of the booker. A dash means that the delivery does not say.
 */
const BOOKINGS = `
001 BOOKING_CREATED dWUfJo1DcaeM3ArPkXXrV2 2026-09-15T08:00 09:00 zofia.kaczmarek@poczta.example +48501220314
002 BOOKING_RESCHEDULED pgkHYxvn1YDSvqwz8ydtoG 2026-09-17T12:30 13:30 zofia.kaczmarek@poczta.example +48501220314
003 BOOKING_CANCELLED pgkHYxvn1YDSvqwz8ydtoG 2026-09-17T12:30 13:30 zofia.kaczmarek@poczta.example +48501220314
004 BOOKING_CREATED rvvhtzkroPQtGYAGqJN4cX 2026-11-05T14:15 15:00 tomasz.golab@poczta.example +48602118540
006 MEETING_ENDED rvvhtzkroPQtGYAGqJN4cX 2026-11-05T14:15 15:00 tomasz.golab@poczta.example +48602118540
007 BOOKING_REQUESTED mYZeirU3M2XG1WeHFknpAN 2026-07-20T06:30 08:00 a.zuk@biuro.example +48690417722
008 BOOKING_CREATED mYZeirU3M2XG1WeHFknpAN 2026-07-20T06:30 08:00 a.zuk@biuro.example +48690417722
009 BOOKING_CREATED mYZeirU3M2XG1WeHFknpAN 2026-07-20T06:30 08:00 a.zuk@biuro.example +48690417722
011 BOOKING_REQUESTED 7RBrDpXreWX8sC5TEnSjcD 2026-07-21T09:00 10:30 p.jazwinski@poczta.example +48513908166
012 BOOKING_REJECTED 7RBrDpXreWX8sC5TEnSjcD 2026-07-21T09:00 10:30 p.jazwinski@poczta.example +48513908166
014 BOOKING_CREATED hw4y4c65RBrC4fsMY57QM2 2026-08-03T08:00 09:30 halina.cwik@poczta.example +48884002917
015 BOOKING_REQUESTED gpqn94zK7CKsdVqCno4Ank 2026-08-05T08:00 09:30 halina.cwik@poczta.example +48884002917
016 BOOKING_CREATED gpqn94zK7CKsdVqCno4Ank 2026-08-05T08:00 09:30 halina.cwik@poczta.example +48884002917
017 BOOKING_CREATED dY8krFpARCN49xqh4tY8uM 2026-10-02T15:00 15:45 olena.k@poczta.example +48733551209
018 BOOKING_CANCELLED dY8krFpARCN49xqh4tY8uM 2026-10-02T15:00 15:45 olena.k@poczta.example +48733551209
020 BOOKING_RESCHEDULED efKvT1EoC3z7YkEaid7x56 2026-10-06T07:45 08:30 olena.k@poczta.example +48733551209
021 BOOKING_CREATED djfWxNbEWVVwGv6XuDkU7R 2026-06-09T07:00 08:00 zofia.kaczmarek@poczta.example +48501220314
022 BOOKING_RESCHEDULED oh6BrjcZpDcpaoViyJ7khN 2026-06-10T07:00 08:00 zofia.kaczmarek@poczta.example +48501220314
023 BOOKING_RESCHEDULED 3TNjoC7NktHUm87kWAH1uy 2026-06-12T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
024 MEETING_ENDED 3TNjoC7NktHUm87kWAH1uy 2026-06-12T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
025 BOOKING_CREATED fk6VJg3wzDTWk3JzxiajJ2 2026-09-26T08:00 10:00 zofia.kaczmarek@poczta.example +48501220314
026 BOOKING_CREATED fk6VJg3wzDTWk3JzxiajJ2 2026-09-26T08:00 10:00 tomasz.golab@poczta.example +48602118540
028 BOOKING_CANCELLED fk6VJg3wzDTWk3JzxiajJ2 2026-09-26T08:00 10:00 tomasz.golab@poczta.example +48602118540
029 BOOKING_RESCHEDULED 9kBtsL6pLQFxNYp8HQEvDB 2026-10-03T08:00 10:00 p.jazwinski@poczta.example +48513908166
030 BOOKING_RESCHEDULED fk6VJg3wzDTWk3JzxiajJ2 2026-09-27T08:00 10:00 zofia.kaczmarek@poczta.example +48501220314
031 BOOKING_RESCHEDULED 9kBtsL6pLQFxNYp8HQEvDB 2026-10-03T08:00 10:00 zofia.kaczmarek@poczta.example +48501220314
032 BOOKING_CANCELLED 9kBtsL6pLQFxNYp8HQEvDB 2026-10-03T08:00 10:00 p.jazwinski@poczta.example +48513908166
033 BOOKING_CREATED qKqrihJQhkrdxbasHcPSsX 2026-09-07T09:00 10:00 halina.cwik@poczta.example +48884002917
034 BOOKING_CREATED vdw5xdEQwRTYAFEBnsiReJ 2026-10-05T09:00 10:00 halina.cwik@poczta.example +48884002917
035 BOOKING_CREATED tJuW2ST4TtmMM4XRrgWA1d 2026-11-02T10:00 11:00 halina.cwik@poczta.example +48884002917
036 BOOKING_CANCELLED vdw5xdEQwRTYAFEBnsiReJ 2026-10-05T09:00 10:00 halina.cwik@poczta.example +48884002917
039 BOOKING_PAYMENT_INITIATED rMt5KRkMhgx8ud4XdXtNzW 2026-12-18T08:30 10:30 a.zuk@biuro.example +48690417722
040 BOOKING_CREATED rMt5KRkMhgx8ud4XdXtNzW 2026-12-18T08:30 10:30 a.zuk@biuro.example +48690417722
041 BOOKING_PAID rMt5KRkMhgx8ud4XdXtNzW 2026-12-18T08:30 10:30 a.zuk@biuro.example +48690417722
044 BOOKING_CREATED jwdBLqHkDvDp46Z42XcXXa 2026-05-14T13:00 14:00 tomasz.golab@poczta.example +48602118540
045 BOOKING_CREATED jwdBLqHkDvDp46Z42XcXXa 2026-05-14T13:00 14:00 tomasz.golab@poczta.example +48602118540
047 BOOKING_RESCHEDULED ddDUdYwP5sX1rAUa6YuiVf 2026-05-15T13:00 14:00 p.jazwinski@poczta.example +48513908166
048 BOOKING_CREATED x3WDxPu2GDGVeLtZ3bqcfs 2026-05-14T15:00 16:00 p.jazwinski@poczta.example +48513908166
049 BOOKING_CANCELLED qKDrGqixjTF94dxv3jtKvw 2026-05-20T10:00 10:45 halina.cwik@poczta.example +48884002917
051 MEETING_ENDED qKDrGqixjTF94dxv3jtKvw 2026-05-20T10:00 10:45 halina.cwik@poczta.example +48884002917
052 MEETING_ENDED 2frY7L7z2Yrx7XMDF7gDK3 2026-03-12T09:00 10:00 halina.cwik@poczta.example +48884002917
054 MEETING_ENDED iBJNq29ncWtsonpUe8u5Vt 2026-03-12T09:00 10:00 halina.cwik@poczta.example +48884002917
058 MEETING_ENDED x8ewTCinP9Knw4oZjWVUUw 2026-03-12T09:00 10:00 halina.cwik@poczta.example +48884002917
060 BOOKING_NO_SHOW_UPDATED rvvhtzkroPQtGYAGqJN4cX - - - -
080 BOOKING_CREATED 9eHY2FGmiUcJxJUTtzdKeN 2026-09-29T11:00 12:00 - +48884002917
083 BOOKING_CREATED 6VS5XzUxMZGqfNU2ZPeK2o 2026-09-29T11:00 12:00 a.zuk@biuro.example +48690417722
084 BOOKING_CREATED wcYZTEgUASzTpa72wW1pxq 2026-09-29T11:00 11:20 olena.k@poczta.example +48733551209
086 BOOKING_CREATED nXAd8rMyz8ACrtdNPCuvBD 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
087 BOOKING_CREATED t6z7P1CFEwdsapQKk9v6kW 2026-09-29T11:00 12:00 tomasz.golab@poczta.example +48 602-118-540
088 BOOKING_CREATED uV1Zneg54Gqj1LBEFhaPR6 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
089 BOOKING_CREATED pxTcTXk2siYtaWDbS9D7JV 2026-09-29T11:00 12:00 olena.k@poczta.example +48733551209
090 BOOKING_CREATED iTRoZ8VZBoRxGt5vcJBsAK 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
091 BOOKING_CREATED vHkg1CAVCXmQ8HBFtpfpqd 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example -
092 BOOKING_CREATED nHg3y7ApEcLaaEVneKHX8t 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
094 BOOKING_CREATED 8Xda3g3KDKBdcQsBigVe82 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
095 BOOKING_CREATED uEwWTvqp2qu9Ta3ARGcJpx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
096 BOOKING_CREATED gmjhV3FFfZHjANrxTBHLb6 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
098 BOOKING_CREATED spLKX8qGaTwCf828mKYZpk 2026-09-29T11:00 12:45 zofia.kaczmarek@poczta.example +48501220314
099 BOOKING_CREATED avPYwVNPCVn3RxPALofASw 2026-09-29T11:00 12:00 p.jazwinski@poczta.example +48513908166
103 BOOKING_CANCELLED uV1Zneg54Gqj1LBEFhaPR6 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
104 BOOKING_CANCELLED uV1Zneg54Gqj1LBEFhaPR6 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
108 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
109 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
110 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
111 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
112 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
114 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
138 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
139 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
140 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
142 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
144 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 - +48501220314
145 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
147 BOOKING_CREATED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
149 BOOKING_RESCHEDULED w26eRS7ya4rMD23nRjT1wx 2026-09-29T11:00 12:00 zofia.kaczmarek@poczta.example +48501220314
150 BOOKING_CREATED kVd3TzN8mQxWb5Rf7YpLhA 2026-10-07T08:00 09:00 halina.cwik@poczta.example +48884002917
151 BOOKING_REQUESTED 2sWcQ9yHnBvJ4dXgKtMfRe 2026-10-08T08:00 09:00 zofia.kaczmarek@poczta.example +48501220314
152 BOOKING_CANCELLED kVd3TzN8mQxWb5Rf7YpLhA 2026-10-07T08:00 09:00 halina.cwik@poczta.example +48884002917
153 BOOKING_LOCATION_UPDATED dWUfJo1DcaeM3ArPkXXrV2 2026-09-15T08:00 09:00 zofia.kaczmarek@poczta.example +48501220314
154 BOOKING_RESCHEDULED 8pRfNx3LkZc6VmTq1WjYgD 2026-10-09T10:00 11:00 tomasz.golab@poczta.example +48602118540
155 MEETING_ENDED 6yGnVb4TrWq8ZsKd2XcPmH 2026-11-12T09:00 10:00 tomasz.golab@poczta.example +48602118540
156 BOOKING_REASSIGNED dWUfJo1DcaeM3ArPkXXrV2 2026-09-15T08:00 09:00 zofia.kaczmarek@poczta.example +48501220314
157 BOOKING_CANCELLED fk6VJg3wzDTWk3JzxiajJ2 2026-09-26T08:00 10:00 tomasz.golab@poczta.example +48602118540
`.trim().split('\n').map((line) => {
  const [number = '', trigger, uid, start, endClock, email, ...phone] = line.split(' ');
  return { number, trigger, uid, start, endClock, email, phone: phone.join(' ') };
});

const IGNORED = [
  ...['005', '056', '063', '064', '065', '067', '068', '070', '072', '073', '074', '075', '079'],
  ...['131', '158', '159'],
];

/** Unusable deliveries, with the unusable members; none if the text is not JSON. */
const INVALID: Record<string, string[]> = {
  '107': ['triggerEvent'],
  '116': [],
  '117': [],
  '118': [],
  '119': ['triggerEvent'],
  '121': ['triggerEvent'],
  '122': ['triggerEvent'],
  '123': [],
  '125': ['payload.uid'],
  '126': ['payload.uid'],
  '127': ['payload.uid'],
  '128': ['payload'],
  '129': ['payload'],
  '130': ['triggerEvent'],
  '132': ['triggerEvent'],
  '133': ['payload.startTime'],
  '135': ['payload.startTime', 'payload.endTime'],
  '137': ['payload.endTime'],
};

/** Deliveries without a valid signature. */
const FORGED = ['054', '108', '109', '110', '114'];

const texts = new Map(readDeliveries().map(({ name, text }) => [name.slice(0, 3), text]));

test('every delivery is in one of the tables', () => {
  const listed = [...BOOKINGS.map(({ number }) => number), ...IGNORED, ...Object.keys(INVALID)];
  expect(listed.sort()).toEqual([...texts.keys()]);
});

/** Writes a booking's member as the table does. */
function inTable(value: string | null, from = 0, to?: number): string {
  return value?.slice(from, to) ?? '-';
}

test.each(BOOKINGS)('$number is a $trigger', ({ number, ...expected }) => {
  const delivery = parseDelivery(texts.get(number) ?? '');
  if (delivery.kind !== 'booking') throw new Error(`It is ${delivery.kind}`);
  const { trigger, uid, startTime, endTime, attendeeEmail, attendeePhone } = delivery.booking;
  expect({
    trigger,
    uid,
    start: inTable(startTime, 0, 'YYYY-MM-DDTHH:mm'.length),
    endClock: inTable(endTime, 'YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:mm'.length),
    email: inTable(attendeeEmail),
    phone: inTable(attendeePhone),
  }).toEqual(expected);
});

test.each([
  ['001-chain-a-1-created', { hostUsername: 'psi-styl-krakow', hostName: 'Katarzyna Wrona' }],
  ['150-hosted-series-created', { recurring: true }],
  ['152-hosted-series-cancelled-from-here', { recurring: true, seated: false }],
  ['153-hosted-location-updated', { location: 'ul. Karmelicka 3, 31-133 Kraków', seated: false }],
  ['154-hosted-rescheduled-metadata-kept', {
    rescheduleUid: '5hKtBw7QsXe2MnCv9PzUaF',
    clientId: '146321aa-411e-4f33-9435-10ceb059d295',
    cancellationReason: null,
  }],
  ['155-hosted-meeting-ended-flat', {
    occurredAt: '2026-11-12T10:00:00.000Z',
    hostUsername: 'psi-styl-krakow',
    hostName: 'Katarzyna Wrona',
  }],
  ['156-reassigned', { hostUsername: 'ola-wrona', hostName: 'Aleksandra Wrona' }],
  ['157-hosted-seat-cancelled-by-seat', {
    seated: true,
    seatId: 'd6f616aa-cb3f-4ac5-8f89-a0c07721aac1',
    wholeSlot: false,
  }],
])('%s has %j', (name, members) => {
  expect(parseDelivery(readDelivery(name).text)).toMatchObject({ booking: members });
});

test.each(readDeliveries())('no calendar file of $name is stored', ({ text }) => {
  expect(JSON.stringify(parseDelivery(text).payload)).not.toContain('VCALENDAR');
});

test.each(IGNORED)('%s has no booking', (number) => {
  expect(parseDelivery(texts.get(number) ?? '').kind).toBe('ignored');
});

test.each(Object.entries(INVALID))('%s is unusable because of %j', (number, paths) => {
  expect(parseDelivery(texts.get(number) ?? '')).toMatchObject({ kind: 'invalid', paths });
});

test.each(readDeliveries())('the signature of $name is as expected', async (delivery) => {
  const { ok } = await verifySignature(
    new TextEncoder().encode(delivery.text),
    delivery.headers['x-cal-signature-256'] ?? null,
    [FIXTURE_SECRET],
  );
  expect(ok).toBe(!FORGED.includes(delivery.name.slice(0, 3)));
});
