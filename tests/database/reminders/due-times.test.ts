import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { changeSettings, createAppointment, createRemindingSalon } from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

// When a reminder is due, and when it may be sent, to the minute.
let database: TestDatabase;
let salonId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salonId = (await createRemindingSalon(database)).id;
});
afterAll(() => database.drop());

/** A moment that SQL computes, as `11-23 17:00` in Warsaw. */
const momentOf = async (expression: string, values: unknown[]) =>
  (await database.query<{ moment: string }>(
    `select to_char((${expression}) at time zone 'Europe/Warsaw', 'MM-DD HH24:MI') as moment`,
    values,
  ))[0]?.moment;

it.each([
  ['20:00', '08:00', '19:59', '11-23 19:59'],
  ['20:00', '08:00', '20:00', '11-24 08:00'],
  ['20:00', '08:00', '07:59', '11-23 08:00'],
  ['20:00', '08:00', '08:00', '11-23 08:00'],
  ['12:00', '14:00', '11:59', '11-23 11:59'],
  ['12:00', '14:00', '12:00', '11-23 14:00'],
  ['12:00', '14:00', '13:59', '11-23 14:00'],
  ['12:00', '14:00', '14:00', '11-23 14:00'],
  ['08:00', '08:00', '07:00', '11-23 07:00'],
  ['08:00', '08:00', '08:00', '11-23 08:00'],
  ['08:00', '08:00', '09:00', '11-23 09:00'],
])(
  'with quiet hours from %s to %s, what is due at %s is sent at %s',
  async (from, to, at, sent) => {
    expect(
      await momentOf(`private.sms_allowed_at($1, 'Europe/Warsaw', $2, $3)`, [monday(at), from, to]),
    ).toBe(sent);
  },
);

describe('a reminder is due', () => {
  const due = (start: string, allowed: string) =>
    momentOf(
      `select private.reminder_due_at($1, 'Europe/Warsaw', rule.mode, rule.send_at_local,
         rule.hours_before, rule.quiet_from, rule.lead, $2)
       from private.sms_rules rule
       where rule.salon_id = $3`,
      [start, allowed, salonId],
    );

  it('on the day before at the time of the salon', async () => {
    await changeSettings(database, salonId, { mode: 'day_before', send_at_local: '16:30' });
    expect(await due(tuesday('00:30'), tuesday('00:30'))).toBe('11-23 16:30');
  });

  it.each([
    [12, tuesday('10:01'), tuesday('08:00'), '11-23 22:01', 'as many hours before'],
    [12, tuesday('10:00'), tuesday('08:00'), '11-23 19:30', 'before the quiet hours'],
    [4, tuesday('06:00'), tuesday('08:00'), '11-23 19:30', 'before those of the night before'],
    [10, tuesday('06:00'), tuesday('08:00'), '11-23 19:30', 'before those that begin then'],
  ])('%i hours before %s, allowed at %s, at %s: %s', async (hours, start, allowed, expected) => {
    await changeSettings(database, salonId, { mode: 'hours_before', hours_before: hours });
    expect(await due(start, allowed)).toBe(expected);
  });
});

it.each([['11:59', true], ['12:00', false]])(
  'a provider that is paused until 12:00 is paused at %s: %s',
  async (clock, paused) => {
    await database.query(
      `insert into public.sms_provider_state (provider, paused_until, reason) values ('twilio', $1, '20003')
       on conflict (provider) do update set paused_until = excluded.paused_until`,
      [monday('12:00')],
    );
    const answer = await database.as('service_role', null, async (client) => {
      await client.query(`set local barkbook.app_now = '${monday(clock)}'`);
      await client.query('reset role');
      const { rows } = await client.query(
        `select private.sms_provider_is_paused('twilio') as paused`,
      );
      return rows;
    });
    expect(answer).toEqual([{ paused }]);
  },
);

it.each([[monday('10:00'), 0], [monday('10:01'), 1], ['2026-12-02 10:00+01', 0], [
  '2026-12-02 09:59+01',
  1,
]])('at 10:00 the reminder job sees an appointment at %s: %i', async (start, seen) => {
  const id = await createAppointment(database, salonId, { start });
  const answer = await database.as('service_role', null, async (client) => {
    await client.query(`set local barkbook.app_now = '${monday('10:00')}'`);
    await client.query('reset role');
    await client.query('set local role sms_worker');
    return await client.query('select from public.calendar_events where id = $1', [id]);
  });
  expect(answer.rowCount).toBe(seen);
});
