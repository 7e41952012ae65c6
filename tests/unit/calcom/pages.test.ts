import { expect, test } from 'vitest';
import { calcomPages } from '../../../supabase/functions/_shared/calcom/pages.ts';

const pages = calcomPages('https://cal.salon.example');
const whole = { uid: 'uid-1', seatUid: null };
const seat = { uid: 'uid-1', seatUid: 'seat-1' };

test.each([
  ['a booking', pages.booking(whole), '/booking/uid-1'],
  ['its cancellation', pages.cancel(whole), '/booking/uid-1?cancel=true'],
  ['that of a seat', pages.cancel(seat), '/booking/uid-1?cancel=true&seatReferenceUid=seat-1'],
  ['its reschedule', pages.reschedule(whole), '/reschedule/uid-1'],
  ['that of a seat', pages.reschedule(seat), '/reschedule/seat-1'],
  ['the salon', pages.bookNew('psi-styl', null), '/psi-styl'],
])('the page of %s', (_, page, path) => {
  expect(page).toBe(`https://cal.salon.example${path}`);
});

test('the booking page is filled in with what is known of the client', () => {
  const client = {
    name: 'Żaneta Łoś',
    email: null,
    phone: '+48600700800',
    clientId: 'c-1',
    petId: 'p-1',
  };
  const { searchParams } = new URL(pages.bookNew('psi-styl', client));
  expect(Object.fromEntries(searchParams)).toEqual({
    'name': 'Żaneta Łoś',
    'attendeePhoneNumber': '+48600700800',
    'metadata[barkbookClientId]': 'c-1',
    'metadata[barkbookPetId]': 'p-1',
  });
});

test('an id cannot lead to another page', () => {
  expect(pages.booking({ uid: '../x?y', seatUid: null }))
    .toBe('https://cal.salon.example/booking/..%2Fx%3Fy');
});
