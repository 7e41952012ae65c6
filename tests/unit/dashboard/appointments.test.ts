import { expect, test } from 'vitest';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { serviceOf } from '../../../shared/calendar/service.ts';
import { changesBetween } from '../../../dashboard/src/pages/today/changes.ts';
import { hoursToShow } from '../../../dashboard/src/pages/week/entries.ts';
import { spanOfDays } from '../../../dashboard/src/time/span-of-days.ts';
import { utcOffset } from '../../../shared/time/wall-time.ts';
import { searchAddress, searchedText } from '../../../dashboard/src/pages/pets/search-address.ts';
import { isDate } from '../../../dashboard/src/pages/week/layout.ts';
import { readRecoveryLink } from '../../../dashboard/src/session/recovery-link.ts';
import { hostsOf } from '../../../dashboard/src/appointments/use-hosts.ts';
import { contactOf } from '../../../dashboard/src/appointments/contact.ts';

function appointment(part: Partial<CalendarEventWithDetails>): CalendarEventWithDetails {
  return { id: 'a', status: 'scheduled', title: '', ...part } as CalendarEventWithDetails;
}

const ZOFIA = {
  id: 'c',
  name: 'Zofia',
  surname: 'Kaczmarek',
  phone_number: '501 220 314',
  email: null,
};

test('new, moved, cancelled and removed appointments are announced, unchanged ones are not', () => {
  const before = ['stays', 'moves', 'ends', 'goes'].map((id) =>
    appointment({ id, start_time: '2026-11-24T09:00:00Z' })
  );
  const [stays = appointment({}), moves, ends] = before;
  const after = [
    stays,
    { ...moves, ...appointment({ id: 'moves', start_time: '2026-11-24T10:00:00Z' }) },
    { ...ends, ...appointment({ id: 'ends', status: 'cancelled' }) },
    appointment({ id: 'comes' }),
  ];

  expect(changesBetween(before, after).map(({ kind, appointment: { id } }) => [id, kind])).toEqual([
    ['moves', 'moved'],
    ['ends', 'cancelledNow'],
    ['comes', 'added'],
    ['goes', 'gone'],
  ]);
});

test('a cancellation is announced once, and so is a move', () => {
  const cancelled = [appointment({ status: 'cancelled', start_time: '2026-11-24T09:00:00Z' })];
  const again = [
    appointment({ status: 'cancelled', start_time: '2026-11-24T09:00:00Z', title: '-' }),
  ];
  expect(changesBetween(cancelled, again)).toEqual([]);
  const moved = [appointment({ start_time: '2026-11-24T10:00:00Z' })];
  expect(changesBetween(moved, structuredClone(moved))).toEqual([]);
});

test.each([
  ['Strzyżenie: Zofia Kaczmarek i Katarzyna Wrona', 'Strzyżenie'],
  ['Warsztat: szczeniak: Zofia Kaczmarek i Katarzyna Wrona', 'Warsztat: szczeniak'],
  ['Konsultacja: kot', 'Konsultacja: kot'],
  ['Grooming between Katarzyna Wrona and Zofia', 'Grooming'],
])('of the title %s the service is %s', (title, service) => {
  expect(serviceOf(appointment({ title, client: ZOFIA }))).toBe(service);
});

test('the service of an appointment without a client leaves the booker out, who is named beside it', () => {
  const booker = { client: null, attendee_name: 'Zofia Kaczmarek' };
  const title = 'Strzyżenie: Zofia Kaczmarek i Katarzyna Wrona';

  expect(serviceOf(appointment({ title, ...booker }))).toBe('Strzyżenie');
});

test('a title is kept if nothing else names the booker', () => {
  const title = 'Grooming between Katarzyna Wrona and Zofia';

  expect(serviceOf(appointment({ title, client: null }))).toBe(title);
});

test('the contact is the salon’s client, else the booker', () => {
  expect(contactOf(appointment({ client: ZOFIA, attendee_phone: '+48600000000' })))
    .toEqual({ name: 'Zofia Kaczmarek', phone: '501 220 314' });
  const booker = { attendee_name: 'Maria Nowa', attendee_phone: '+48600000000' };
  expect(contactOf(appointment(booker))).toEqual({ name: 'Maria Nowa', phone: '+48600000000' });
  expect(contactOf(appointment({ ...booker, attendee_name: null })))
    .toEqual({ name: null, phone: '+48600000000' });
});

test('the hosts are listed once, by name, and by account if one has no name', () => {
  expect(hostsOf([
    appointment({ host_username: 'ola', host_name: 'Ola' }),
    appointment({ host_username: 'anna', host_name: null }),
    appointment({ host_username: 'ola', host_name: null }),
    appointment({ host_username: null, host_name: 'Ewa' }),
    appointment({ host_username: null, host_name: null }),
  ])).toEqual([
    { key: 'anna', name: 'anna' },
    { key: 'Ewa', name: 'Ewa' },
    { key: 'ola', name: 'Ola' },
  ]);
});

test.each([
  ['2026-12-02', true],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['tomorrow', false],
  [undefined, false],
])('that %s is a date of the address is %s', (text, is) => {
  expect(isDate(text)).toBe(is);
});

test.each(['Fiona', '50% / fio?', 'Żółw #1', '100%'])('the address keeps the search %j', (text) => {
  expect(searchedText(`#${searchAddress(text)}`)).toBe(text);
});

test('an address that nobody wrote is no search', () => {
  expect(searchedText('#/pets/search/%E0%A4%A')).toBe('');
  expect(searchedText('#/pets')).toBe('');
});

test('a link for a new password is told from an address of the page', () => {
  expect(readRecoveryLink('#access_token=a&refresh_token=r&type=recovery'))
    .toEqual({ kind: 'tokens', accessToken: 'a', refreshToken: 'r' });
  expect(readRecoveryLink('#error=access_denied&error_code=otp_expired'))
    .toEqual({ kind: 'expired' });
  expect(readRecoveryLink('#/week/2026-12-02/day')).toEqual({ kind: 'none' });
});

test('the calendar shows the usual hours and those of early and late appointments', () => {
  expect(hoursToShow([])).toEqual({ slotMinTime: '08:00', slotMaxTime: '18:00' });
  const appointments = [
    appointment({ local_start: '06:45', local_end: '08:00' }),
    appointment({ local_start: '23:00', local_end: '00:30' }),
  ];
  expect(hoursToShow(appointments)).toEqual({ slotMinTime: '06:00', slotMaxTime: '24:00' });
});

test('a span of days has the right length across a clock change', () => {
  const { from, to } = spanOfDays('2026-10-25', '2026-10-25', 'Europe/Warsaw');

  expect(from.toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(to.toISOString()).toBe('2026-10-25T22:59:59.999Z');
});

test.each([
  ['Europe/Warsaw', '2026-11-24T10:00:00Z', '+01:00'],
  ['Europe/Warsaw', '2026-07-24T10:00:00Z', '+02:00'],
  ['Etc/UTC', '2026-07-24T10:00:00Z', '+00:00'],
  ['America/St_Johns', '2026-11-24T10:00:00Z', '-03:30'],
])('the clocks of %s at %s are %s from UTC', (zone, instant, offset) => {
  expect(utcOffset(new Date(instant), zone)).toBe(offset);
});
