import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { createAppointment } from '../support/reminders.ts';
import { readAt } from '../support/app-clock.ts';

let database: TestDatabase;
let warsaw: TestSalon;
let london: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.salons');
  warsaw = await createSalon(database, { username: null });
  london = await createSalon(database, { username: null, timezone: 'Europe/London' });
});
afterAll(() => database.drop());

const book = async (salon: TestSalon, ...starts: string[]) => {
  for (const start of starts) await createAppointment(database, salon.id, { start });
};

/** The appointments a view shows at a moment, as `11-24 09:30`. */
const shown = async (view: string, salon: TestSalon, moment: string) => {
  const rows = await readAt<{ start: string }>(
    database,
    salon,
    moment,
    `select to_char(local_date, 'MM-DD ') || local_start as start from public.${view}
     order by start_time`,
  );
  return rows.map(({ start }) => start);
};

describe('todays_appointments', () => {
  it('covers midnight to midnight of the salon', async () => {
    await book(warsaw, '2026-11-23 22:59Z', '2026-11-23 23:00Z', '2026-11-24 22:59Z');
    await book(warsaw, '2026-11-24 23:00Z');
    const all = ['11-24 00:00', '11-24 23:59'];
    expect(await shown('todays_appointments', warsaw, '2026-11-23 23:00Z')).toEqual(all);
    expect(await shown('todays_appointments', warsaw, '2026-11-24 22:59Z')).toEqual(all);
    expect(await shown('todays_appointments', warsaw, '2026-11-24 23:00Z')).toEqual([
      '11-25 00:00',
    ]);
  });

  it('depends on the zone of the salon', async () => {
    await book(warsaw, '2026-11-24 23:30Z');
    await book(london, '2026-11-24 23:30Z');
    const moment = '2026-11-24 23:10Z';
    expect(await shown('todays_appointments', warsaw, moment)).toEqual(['11-25 00:30']);
    expect(await shown('todays_appointments', london, moment)).toEqual(['11-24 23:30']);
  });

  it('covers 23 hours when the clocks go forward', async () => {
    await book(warsaw, '2026-03-28 22:59Z', '2026-03-28 23:00Z', '2026-03-29 01:00Z');
    await book(warsaw, '2026-03-29 21:59Z', '2026-03-29 22:00Z');
    expect(await shown('todays_appointments', warsaw, '2026-03-29 10:00Z')).toEqual([
      '03-29 00:00',
      '03-29 03:00',
      '03-29 23:59',
    ]);
  });

  it('covers 25 hours when the clocks go back', async () => {
    await book(warsaw, '2026-10-24 21:59Z', '2026-10-24 22:00Z', '2026-10-25 00:30Z');
    await book(warsaw, '2026-10-25 01:30Z', '2026-10-25 22:59Z', '2026-10-25 23:00Z');
    expect(await shown('todays_appointments', warsaw, '2026-10-25 10:00Z')).toEqual([
      '10-25 00:00',
      '10-25 02:30',
      '10-25 02:30',
      '10-25 23:59',
    ]);
  });

  it('begins with the first hour of a day that has no midnight', async () => {
    const azores = await createSalon(database, { username: null, timezone: 'Atlantic/Azores' });
    await book(azores, '2026-03-29 00:59Z', '2026-03-29 01:00Z', '2026-03-29 23:59Z');
    await book(azores, '2026-03-30 00:00Z');
    expect(await shown('todays_appointments', azores, '2026-03-29 01:00Z')).toEqual([
      '03-29 01:00',
      '03-29 23:59',
    ]);
  });

  it('begins with the first midnight of a day that has two', async () => {
    const azores = await createSalon(database, { username: null, timezone: 'Atlantic/Azores' });
    await book(azores, '2026-10-24 23:59Z', '2026-10-25 00:00Z', '2026-10-25 01:00Z');
    const first = '2026-10-25 00:00Z';
    expect(await shown('todays_appointments', azores, first)).toEqual([
      '10-25 00:00',
      '10-25 00:00',
    ]);
    expect(await shown('todays_appointments', azores, '2026-10-24 23:30Z')).toEqual([
      '10-24 23:59',
    ]);
  });

  it('includes cancelled and past appointments with their statuses', async () => {
    const start = '2026-11-24 09:00Z';
    for (const status of ['pending', 'confirmed', 'completed', 'cancelled', 'no_show']) {
      await createAppointment(database, warsaw.id, { start, status });
    }
    expect(
      await readAt(
        database,
        warsaw,
        '2026-11-24 12:00Z',
        `select status, effective_status, is_over from public.todays_appointments order by status`,
      ),
    ).toEqual([
      { status: 'cancelled', effective_status: 'cancelled', is_over: true },
      { status: 'completed', effective_status: 'completed', is_over: true },
      { status: 'confirmed', effective_status: 'completed', is_over: true },
      { status: 'no_show', effective_status: 'no_show', is_over: true },
      { status: 'pending', effective_status: 'pending', is_over: true },
    ]);
  });
});

it.each([
  ['Europe/Warsaw', '2026-11-24', '23:30', '00:30'],
  ['Europe/London', '2026-11-24', '22:30', '23:30'],
  ['Asia/Kathmandu', '2026-11-25', '04:15', '05:15'],
])('date, start and end are those of the clock in %s', async (timezone, date, start, end) => {
  const salon = await createSalon(database, { username: null, timezone });
  await book(salon, '2026-11-24 22:30Z');
  const rows = await readAt(
    database,
    salon,
    '2026-11-24 12:00Z',
    'select local_date::text as date, local_start, local_end from public.appointments',
  );
  expect(rows).toEqual([{ date, local_start: start, local_end: end }]);
});

it('an appointment is over after its end, not at it', async () => {
  await book(warsaw, '2026-11-24 09:00Z');
  const seen = (moment: string) =>
    readAt(database, warsaw, moment, 'select is_over, effective_status from public.appointments');
  expect(await seen('2026-11-24 10:00Z')).toEqual([
    { is_over: false, effective_status: 'scheduled' },
  ]);
  expect(await seen('2026-11-24 10:00:01Z')).toEqual([
    { is_over: true, effective_status: 'completed' },
  ]);
});

describe('this_weeks_appointments', () => {
  it('covers Monday to Sunday', async () => {
    await book(warsaw, '2026-11-22 22:59Z', '2026-11-22 23:00Z', '2026-11-29 22:59Z');
    await book(warsaw, '2026-11-29 23:00Z');
    const all = ['11-23 00:00', '11-29 23:59'];
    expect(await shown('this_weeks_appointments', warsaw, '2026-11-22 23:00Z')).toEqual(all);
    expect(await shown('this_weeks_appointments', warsaw, '2026-11-29 22:59Z')).toEqual(all);
  });

  it('covers an hour more when the clocks go back on Sunday', async () => {
    await book(warsaw, '2026-10-18 22:00Z', '2026-10-25 22:59Z', '2026-10-25 23:00Z');
    expect(await shown('this_weeks_appointments', warsaw, '2026-10-25 22:30Z')).toEqual([
      '10-19 00:00',
      '10-25 23:59',
    ]);
  });
});

describe('upcoming_appointments', () => {
  it('contains appointments that have not begun and are not cancelled', async () => {
    for (const status of ['pending', 'scheduled', 'confirmed', 'cancelled', 'no_show']) {
      await createAppointment(database, warsaw.id, { start: '2026-11-24 09:00Z', status });
    }
    await book(warsaw, '2026-11-24 08:59Z');
    expect(
      await readAt(
        database,
        warsaw,
        '2026-11-24 09:00Z',
        'select status from public.upcoming_appointments order by status',
      ),
    ).toEqual([{ status: 'confirmed' }, { status: 'pending' }, { status: 'scheduled' }]);
  });
});
