import { sync as ical, type VEvent } from 'node-ical';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeIcalendar } from '../../../supabase/functions/calendar-feed/icalendar.ts';
import type { SalonFeed } from '../../../supabase/functions/calendar-feed/salon-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { createAppointment } from '../support/reminders.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.salons');
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const rotate = (userId: string, salonId: string) =>
  database.as('authenticated', userId, async (client) => {
    const { rows } = await client.query<{ token: string }>(
      'select public.rotate_calendar_feed_token($1) as token',
      [salonId],
    );
    return rows[0]?.token ?? '';
  });

const feedAt = (moment: string, token: string) =>
  database.as('service_role', null, async (client) => {
    await client.query("select set_config('barkbook.app_now', $1, true)", [moment]);
    const { rows } = await client.query<{ feed: SalonFeed | null }>(
      'select public.calendar_feed($1) as feed',
      [token],
    );
    return rows[0]?.feed ?? null;
  });

describe('a token', () => {
  it('is long and random, and only its hash is stored', async () => {
    const [one, other] = [
      await rotate(salon.ownerId, salon.id),
      await rotate(salon.ownerId, salon.id),
    ];
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(one).not.toBe(other);
    const [stored] = await database.query('select * from public.calendar_feeds');
    expect(JSON.stringify(stored)).not.toContain(other);
    expect(stored?.['token_hash'].toString('hex')).not.toBe(other);
  });

  it('stops working once it is rotated', async () => {
    const previous = await rotate(salon.ownerId, salon.id);
    const current = await rotate(salon.ownerId, salon.id);
    expect(await feedAt('2026-11-24 10:00Z', previous)).toBeNull();
    expect(await feedAt('2026-11-24 10:00Z', current)).toMatchObject({ salon_id: salon.id });
  });

  it('can be rotated by owners only; others cannot tell whether the salon exists', async () => {
    const other = await createSalon(database, { username: null });
    const refusals = [];
    for (const salonId of [salon.id, '00000000-0000-4000-8000-000000000000']) {
      refusals.push(
        await rotate(other.ownerId, salonId).catch(({ code, message }) => [code, message]),
      );
    }
    expect(refusals[0]).toEqual(['42501', expect.any(String)]);
    expect(refusals[1]).toEqual(refusals[0]);
  });

  it('is deleted with its salon', async () => {
    await rotate(salon.ownerId, salon.id);
    await database.query('delete from public.salons');
    expect(await database.query('select * from public.calendar_feeds')).toEqual([]);
  });
});

describe('another library reads the exact times of appointments', () => {
  it.each([
    ['Europe/Warsaw', '2026-03-29', ['00:30', '00:59', '01:00', '01:30', '10:00']],
    ['Europe/Warsaw', '2026-10-25', ['00:00', '00:30', '01:00', '01:30', '02:00', '10:00']],
    ['Europe/London', '2026-03-29', ['00:30', '00:59', '01:00', '01:30', '10:00']],
    ['Europe/London', '2026-10-25', ['00:00', '00:30', '01:00', '01:30', '02:00', '10:00']],
    ['America/New_York', '2026-11-01', ['04:30', '05:30', '06:30', '07:30']],
    ['UTC', '2026-10-25', ['00:30', '01:30']],
    ['Europe/Kiev', '2026-10-25', ['00:30', '10:00']],
  ])('in %s around %s', async (timezone, date, times) => {
    salon = await createSalon(database, { username: null, timezone });
    const token = await rotate(salon.ownerId, salon.id);
    const starts = times.map((time) => new Date(`${date}T${time}:00Z`));
    for (const start of starts) {
      await createAppointment(database, salon.id, { start: start.toISOString() });
    }
    const feed = await feedAt(`${date} 12:00Z`, token);
    const text = feed === null ? '' : writeIcalendar(feed);
    const events = Object.values(ical.parseICS(text)).filter((part): part is VEvent =>
      part?.type === 'VEVENT'
    );
    const read = events.map(({ start, end }) => [start.getTime(), end?.getTime()]);
    expect(read).toEqual(starts.map((start) => [start.getTime(), start.getTime() + 3_600_000]));
  });
});

it('times are in the salon’s zone', async () => {
  const token = await rotate(salon.ownerId, salon.id);
  await createAppointment(database, salon.id, { start: '2026-11-24 09:30+01' });
  const feed = await feedAt('2026-11-24 10:00Z', token);
  const text = feed === null ? '' : writeIcalendar(feed);
  expect(text).toContain('DTSTART;TZID=Europe/Warsaw:20261124T093000\r\n');
  expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Warsaw\r\n');
});

it('a time that the clock shows twice is in UTC, and every other in the salon’s zone', async () => {
  const token = await rotate(salon.ownerId, salon.id);
  // 00:59, the two 02:30 and 03:00, each for an hour.
  for (const time of ['22:59', '00:30', '01:30', '02:00']) {
    const date = time === '22:59' ? '2026-10-24' : '2026-10-25';
    await createAppointment(database, salon.id, { start: `${date} ${time}Z` });
  }
  const feed = await feedAt('2026-10-25 10:00Z', token);
  expect(feed?.appointments.map(({ start, end }) => [start, end])).toEqual([
    ['2026-10-25T00:59:00', '2026-10-25T01:59:00'],
    ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['2026-10-25T01:30:00Z', '2026-10-25T03:30:00'],
    ['2026-10-25T03:00:00', '2026-10-25T04:00:00'],
  ]);
});
