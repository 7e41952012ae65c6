import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { toCsv } from '../../../shared/calendar/appointment-csv.ts';

function appointment(overrides: Partial<CalendarEventWithDetails> = {}): CalendarEventWithDetails {
  return {
    id: 'e0000000-0000-4000-8000-000000000001',
    cal_com_event_id: 'uid-1',
    salon_id: 'a0000000-0000-4000-8000-00000000000a',
    client_id: null,
    pet_id: null,
    title: 'Strzyżenie',
    description: null,
    start_time: '2026-11-24T08:30:00+00:00',
    end_time: '2026-11-24T09:30:00+00:00',
    duration_minutes: 60,
    status: 'scheduled',
    attendee_email: null,
    attendee_phone: null,
    location: null,
    meeting_url: null,
    created_at: null,
    updated_at: null,
    synced_at: null,
    ical_uid: null,
    last_event_at: null,
    status_before_no_show: null,
    cancelled_at: null,
    cancellation_reason: null,
    link_source: null,
    auto_completed_at: null,
    erased_at: null,
    is_over: false,
    effective_status: 'scheduled',
    salon_name: 'Psi Styl',
    timezone: 'Europe/Warsaw',
    local_date: '2026-11-24',
    local_start: '09:30',
    local_end: '10:30',
    host_username: null,
    host_name: null,
    attendee_name: null,
    seat_id: null,
    salon_note: null,
    attendance: null,
    client_response: null,
    client_responded_at: null,
    ...overrides,
  };
}

const read = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
const titleOf = (title: string) => read(toCsv([appointment({ title })]))[1]?.[10];

test('a table opens in a Polish Excel: byte order mark, semicolons, CRLF', () => {
  expect(toCsv([appointment()])).toBe(
    '\uFEFFData;Od;Do;Minuty;Status;Klient;Telefon;E-mail;Zwierzę;Rasa;Usługa;Miejsce;' +
      'Powód odwołania;Numer rezerwacji\r\n' +
      '2026-11-24;09:30;10:30;60;zaplanowana;;;;;;Strzyżenie;;;uid-1\r\n',
  );
});

test('the service is written without the client, who has a column', () => {
  const client = { id: 'c', name: 'Zofia', surname: 'Lis', phone_number: '', email: null };
  const title = 'Strzyżenie: Zofia Lis i Katarzyna Wrona';

  const [, cells] = read(toCsv([appointment({ title, client })]));
  expect([cells?.[5], cells?.[10]]).toEqual(['Zofia Lis', 'Strzyżenie']);
});

test('the booker is written in the place of a client whom the salon does not have', () => {
  const title = 'Strzyżenie: Zofia Lis i Katarzyna Wrona';
  const [, cells] = read(toCsv([appointment({ title, attendee_name: 'Zofia Lis' })]));
  expect([cells?.[5], cells?.[10]]).toEqual(['Zofia Lis', 'Strzyżenie']);
});

test('the headings and statuses can be English', () => {
  const [headings, cells] = read(toCsv([appointment({ effective_status: 'no_show' })], 'en'));
  expect(headings?.slice(0, 5)).toEqual(['\uFEFFDate', 'From', 'To', 'Minutes', 'Status']
    .map((heading) => heading.replace('\uFEFF', '')));
  expect(cells?.[4]).toBe('no-show');
});

test.each([
  ['=HYPERLINK("http://evil.example";"x")'],
  ['+48 501 220 314'],
  ['-1+1'],
  ['@SUM(A1)'],
  ['＝1+1'],
])('a cell that begins as %j is no formula', (title) => {
  expect(titleOf(title)).toBe(`'${title}`);
});

test.each([
  ['\t=1', "'\t'=1"],
  ['\r=1', "'\r'=1"],
  ['\n=1', "'\n'=1"],
  ['sorry,=1+1', "sorry,'=1+1"],
  ['sorry, "=1+1"', `sorry, "'=1+1"`],
  ['a";=1+1;"', `a";'=1+1;"`],
  ['a;=1;+2|@x', "a;'=1;'+2|'@x"],
  ['a,\t-1+1', "a,\t'-1+1"],
  ['a,＝1', "a,'＝1"],
])('a part of a cell is no formula where a program splits at separators: %j', (title, written) => {
  expect(titleOf(title)).toBe(written);
});

test.each(['Strzyżenie, kąpiel', 'a-b, c=d', '2+2', 'ul. Długa 5; wejście B'])(
  'harmless text stays as it is: %j',
  (title) => {
    expect(titleOf(title)).toBe(title);
  },
);

test('a formula in the name of a client, pet or location is escaped too', () => {
  const text = toCsv([appointment({
    client: { id: 'c', name: '=1+1', surname: '', phone_number: '+48501220314', email: '@x' },
    pet: {
      id: 'p',
      name: '-2',
      breed: '+3',
      type: null,
      allergies: null,
      health_issues: null,
    },
    location: '=4',
    cancellation_reason: '@5',
    cal_com_event_id: '=6',
  })]);
  const cells = read(text)[1] ?? [];
  expect(cells.slice(5)).toEqual([
    "'=1+1",
    "'+48501220314",
    "'@x",
    "'-2",
    "'+3",
    'Strzyżenie',
    "'=4",
    "'@5",
    "'=6",
  ]);
});

test.each([
  ['a;b'],
  ['says "wow"'],
  ['two\r\nlines'],
  [' spaces '],
  ['Zażółć gęślą jaźń 🐶'],
  ['a";1+1;"'],
])('%j comes back as it was', (title) => {
  expect(titleOf(title)).toBe(title);
});
