import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
});
afterAll(() => database.drop());

const appointmentsAt = async (...starts: string[]) => {
  for (const start of starts) await createAppointment(database, salon.id, { client: anna, start });
};

/** Expects that the appointment is planned at this minute and not before. */
const expectPlannedAt = async (moment: string) => {
  const minuteBefore = new Date(Date.parse(moment) - 60_000).toISOString();
  expect(await plan(database, minuteBefore)).toMatchObject({ planned: 0 });
  expect(await plan(database, moment)).toMatchObject({ planned: 1 });
};

describe('a clock change', () => {
  it('leaves no appointment of the 23-hour day unplanned', async () => {
    await appointmentsAt(
      '2026-03-28T22:59Z',
      '2026-03-28T23:00Z',
      '2026-03-29T21:59Z',
      '2026-03-29T22:00Z',
    );
    // The appointment of the same day is planned late.
    expect(await plan(database, '2026-03-28T15:59Z')).toMatchObject({ planned: 1 });
    expect(await plan(database, '2026-03-28T16:00Z')).toMatchObject({ planned: 1 });
    expect(await messages(database)).toMatchObject([
      { appointments: ['03-28 23:59'] },
      { appointments: ['03-29 00:00', '03-29 23:59'], sendAt: '03-28 17:00' },
    ]);
  });

  it('leaves no appointment of the 25-hour day unplanned', async () => {
    await appointmentsAt(
      '2026-10-24T21:59Z',
      '2026-10-24T22:00Z',
      '2026-10-25T22:59Z',
      '2026-10-25T23:00Z',
    );
    expect(await plan(database, '2026-10-24T14:59Z')).toMatchObject({ planned: 1 });
    expect(await plan(database, '2026-10-24T15:00Z')).toMatchObject({ planned: 1 });
    expect(await messages(database)).toMatchObject([
      { appointments: ['10-24 23:59'] },
      { appointments: ['10-25 00:00', '10-25 23:59'], sendAt: '10-24 17:00' },
    ]);
  });

  it('keeps two appointments at 02:30 before and after it apart', async () => {
    await appointmentsAt('2026-10-25T00:30Z', '2026-10-25T01:30Z');
    await plan(database, '2026-10-24T15:00Z');
    expect(await messages(database)).toMatchObject([{
      appointments: ['10-25 02:30', '10-25 02:30'],
    }]);
    const keys = await database.query('select distinct start_time from sms_message_events');
    expect(keys).toHaveLength(2);
  });

  it.each([
    ['23', '2026-03-29T08:00Z', '2026-03-28T08:00Z', '03-28 09:00'],
    ['25', '2026-10-25T09:00Z', '2026-10-24T09:00Z', '10-24 11:00'],
  ])('does not change hours_before: 24 elapsed hours before the %s-hour day', async (
    _hours,
    start,
    due,
    sendAt,
  ) => {
    await changeSettings(database, salon.id, { mode: 'hours_before' });
    await appointmentsAt(start);
    await expectPlannedAt(due);
    expect(await messages(database)).toMatchObject([{ sendAt }]);
  });

  it.each([
    ['2026-03-28T22:30Z', '03-29 08:00', '2026-03-29T06:00Z'],
    ['2026-10-24T21:30Z', '10-25 08:00', '2026-10-25T07:00Z'],
  ])('does not move the local end of quiet hours in the night of %s', async (now, local, utc) => {
    await appointmentsAt(`${utc.slice(0, 10)}T12:00Z`);
    await plan(database, now);
    expect(await messages(database)).toMatchObject([{ sendAt: local }]);
    const [message] = await database.query<{ at: Date }>(
      'select next_attempt_at as at from sms_messages',
    );
    expect(message?.at).toEqual(new Date(utc));
  });
});

describe('the next day', () => {
  it.each([
    ['23:59', '2026-11-23T22:59Z', ['11-24 12:00']],
    ['00:01', '2026-11-23T23:01Z', ['11-24 12:00', '11-25 12:00']],
  ])('at %s is that of the salon, whatever day it is in UTC', async (
    _clock,
    now,
    planned,
  ) => {
    await changeSettings(database, salon.id, {
      send_at_local: '00:00',
      quiet_from: '00:00',
      quiet_to: '00:00',
    });
    await appointmentsAt('2026-11-24T11:00Z', '2026-11-25T11:00Z', '2026-11-26T11:00Z');
    await plan(database, now);
    expect((await messages(database)).flatMap(({ appointments }) => appointments)).toEqual(planned);
  });

  it('differs between London and Warsaw at the same moment', async () => {
    const london = await createRemindingSalon(database, {
      name: 'London Dogs',
      timezone: 'Europe/London',
    });
    const jane = await createRemindedClient(database, london.id, { name: 'Jane' });
    await appointmentsAt('2026-11-24T23:30Z');
    await createAppointment(database, london.id, { client: jane, start: '2026-11-24T23:30Z' });
    await plan(database, '2026-11-23T18:00Z');
    expect(await messages(database)).toMatchObject([
      { salon: 'London Dogs', client: 'Jane', appointments: ['11-24 23:30'] },
    ]);
    await plan(database, '2026-11-24T18:00Z');
    expect(await messages(database)).toMatchObject([
      { salon: 'Psia Łapa', client: 'Anna', appointments: ['11-25 00:30'] },
      { salon: 'London Dogs' },
    ]);
  });

  it.each([1, 24, 48, 168])('hours_before: %i is exact to the minute', async (hours) => {
    await changeSettings(database, salon.id, {
      mode: 'hours_before',
      hours_before: hours,
      min_lead: '0',
      quiet_from: '00:00',
      quiet_to: '00:00',
    });
    const start = '2026-11-30T12:00:00.000Z';
    await appointmentsAt(start);
    await expectPlannedAt(new Date(Date.parse(start) - hours * 3_600_000).toISOString());
  });
});
