import Papa from 'papaparse';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createAppointment, createRemindedClient } from '../support/reminders.ts';

const YEAR = { from: new Date('2026-01-01'), to: new Date('2027-01-01') };

let dashboard: Dashboard;
let salon: TestSalon;

beforeAll(async () => {
  dashboard = await startDashboard();
});
beforeEach(async () => {
  await dashboard.database.query('delete from public.salons');
  salon = await createSalon(dashboard.database, { username: null });
});
afterAll(() => dashboard.stop());

/** The export as a spreadsheet reads it. */
async function exported(range = YEAR): Promise<Record<string, string>[]> {
  const text = await dashboard.calendarOf(salon.ownerId)
    .exportCsv({ salonId: salon.id, ...range });
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

it('each appointment is a line with local times', async () => {
  const client = await createRemindedClient(dashboard.database, salon.id, { name: 'Żaneta' });
  await createAppointment(dashboard.database, salon.id, {
    client,
    pet: 'Reksio',
    start: '2026-10-25 01:30Z',
  });
  expect(await exported()).toMatchObject([{
    Data: '2026-10-25',
    Od: '02:30',
    Do: '03:30',
    Minuty: '60',
    Status: 'zakończona',
    Klient: 'Żaneta Nowak',
    Telefon: '600 100 200',
    'E-mail': '',
    Zwierzę: 'Reksio',
    Usługa: 'Strzyżenie',
  }]);
});

it('an appointment without a client has the contact of its booking', async () => {
  await createAppointment(dashboard.database, salon.id, { start: '2026-11-01 08:00Z' });
  await dashboard.database.query(
    `update public.calendar_events set attendee_phone = '501 220 314',
       attendee_email = 'jan@poczta.example'`,
  );
  expect(await exported()).toMatchObject([
    { Klient: '', Telefon: '501 220 314', 'E-mail': 'jan@poczta.example' },
  ]);
});

it('the export is complete although the Data API returns at most 1000 rows at a time', async () => {
  // Many have the same start, so that a page ends among them.
  await dashboard.database.query(
    `insert into public.calendar_events (cal_com_event_id, salon_id, title, start_time, end_time)
     select 'appointment-' || n, $1, 'Kąpiel', t.at, t.at + interval '1 hour'
     from generate_series(1, 2345) n
     cross join lateral (
       select timestamptz '2026-06-01 08:00Z' + n / 500 * interval '1 day' as at) t`,
    [salon.id],
  );
  const lines = await exported();
  const uids = new Set(lines.map((line) => line['Numer rezerwacji']));
  expect(lines).toHaveLength(2345);
  expect(uids.size).toBe(2345);
});

it('a range includes both ends', async () => {
  for (const start of ['2026-11-01 08:00Z', '2026-11-02 08:00Z', '2026-11-03 08:00Z']) {
    await createAppointment(dashboard.database, salon.id, { start });
  }
  const range = { from: new Date('2026-11-01T08:00Z'), to: new Date('2026-11-02T08:00Z') };
  expect((await exported(range)).map(({ Data }) => Data)).toEqual(['2026-11-01', '2026-11-02']);
});

it('an empty export has the headings', async () => {
  const text = await dashboard.calendarOf(salon.ownerId)
    .exportCsv({ salonId: salon.id, ...YEAR, language: 'en' });
  expect(text).toMatch(/^\uFEFFDate;From;To;.*;Booking\r\n$/);
});
