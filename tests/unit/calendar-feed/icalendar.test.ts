import { sync as ical, type VEvent } from 'node-ical';
import { expect, test } from 'vitest';
import { writeIcalendar } from '../../../supabase/functions/calendar-feed/icalendar.ts';
import type {
  FeedAppointment,
  SalonFeed,
} from '../../../supabase/functions/calendar-feed/salon-feed.ts';

const appointment = (overrides: Partial<FeedAppointment> = {}): FeedAppointment => ({
  id: 'e0000000-0000-4000-8000-000000000001',
  status: 'scheduled',
  pet: 'Fiona',
  client: null,
  title: null,
  start: '2026-11-24T09:30:00',
  end: '2026-11-24T10:30:00',
  changed_at: '2026-11-20T08:00:00Z',
  sequence: 7,
  ...overrides,
});

const feed = (...appointments: FeedAppointment[]): SalonFeed => ({
  salon_id: 'a0000000-0000-4000-8000-00000000000a',
  name: 'Psi Styl',
  timezone: 'Europe/Warsaw',
  appointments,
});

const read = (text: string) =>
  Object.values(ical.parseICS(text)).filter((part): part is VEvent => part?.type === 'VEVENT');

const octets = (line: string) => new TextEncoder().encode(line).byteLength;

test('a calendar is written as RFC 5545 requires', () => {
  expect(writeIcalendar(feed(appointment())).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//BarkBook//calendar-feed//PL',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Psi Styl',
    'X-WR-TIMEZONE:Europe/Warsaw',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Warsaw',
    'X-LIC-LOCATION:Europe/Warsaw',
    expect.stringMatching(/^LAST-MODIFIED:\d{8}T\d{6}Z$/),
    'BEGIN:DAYLIGHT',
    'TZNAME:CEST',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'DTSTART:19700329T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'TZNAME:CET',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'DTSTART:19701025T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:e0000000-0000-4000-8000-000000000001@barkbook',
    'DTSTAMP:20261120T080000Z',
    'LAST-MODIFIED:20261120T080000Z',
    'SEQUENCE:7',
    'DTSTART;TZID=Europe/Warsaw:20261124T093000',
    'DTEND;TZID=Europe/Warsaw:20261124T103000',
    'SUMMARY:Fiona',
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test.each<[FeedAppointment['status'], string]>([
  ['pending', 'TENTATIVE'],
  ['scheduled', 'CONFIRMED'],
  ['confirmed', 'CONFIRMED'],
  ['completed', 'CONFIRMED'],
  ['no_show', 'CONFIRMED'],
  ['cancelled', 'CANCELLED'],
  [null, 'CONFIRMED'],
])('an appointment that is %s is %s', (status, written) => {
  expect(read(writeIcalendar(feed(appointment({ status }))))).toMatchObject([{ status: written }]);
});

test.each([
  ['Fiona', null, 'Fiona'],
  ['Fiona', 'Zofia', 'Fiona (Zofia)'],
  [null, 'Zofia', 'Zofia'],
  [null, null, 'Wizyta'],
])('of the pet %s and the client %s the summary is made', (pet, client, summary) => {
  expect(read(writeIcalendar(feed(appointment({ pet, client }))))).toMatchObject([{ summary }]);
});

test.each([
  ['Polish letters', 'Zażółć gęślą jaźń – '.repeat(12).trim()],
  ['emoji of several parts', '🐶👩‍👩‍👧🇵🇱'.repeat(15)],
  ['the syntax of iCalendar', 'a;b,c\\d "e" :f\nEND:VEVENT\r\nBEGIN:VEVENT'],
])('%s are folded at 75 octets, and come back whole', (_what, pet) => {
  const text = writeIcalendar(feed(appointment({ pet })));
  const lines = text.split('\r\n');
  expect(Math.max(...lines.map(octets))).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text).not.toContain('\uFFFD');
  expect(read(text)).toHaveLength(1);
  expect(read(text)[0]?.summary).toBe(pet.replaceAll('\r\n', '\n'));
});

test('a time that a zone has twice is written in UTC', () => {
  const [start, end] = ['2026-10-25T00:30:00Z', '2026-10-25T03:30:00'];
  const text = writeIcalendar(feed(appointment({ start, end })));
  expect(text).toContain('DTSTART:20261025T003000Z\r\n');
  expect(text).toContain('DTEND;TZID=Europe/Warsaw:20261025T033000\r\n');
});

test('an old name of a zone becomes its current name', () => {
  const text = writeIcalendar({ ...feed(appointment()), timezone: 'Europe/Kiev' });
  expect(text).toContain('TZID:Europe/Kyiv\r\n');
  expect(text).toContain('DTSTART;TZID=Europe/Kyiv:20261124T093000\r\n');
});
