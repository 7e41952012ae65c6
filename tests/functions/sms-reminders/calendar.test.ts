import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  type Settings,
} from '../../database/support/reminders.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import { type Reminders, smsapiEnv, startReminders } from '../support/sms-reminders.ts';

let provider: SmsapiServer;
let reminders: Reminders;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders({
    ...smsapiEnv(provider),
    SMS_CALLBACK_PUBLIC_URL: undefined,
  });
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});
beforeEach(() => forgetReminders(reminders.database));

/** When an appointment starts, and when it was booked, if that was recently. */
type Booked = string | [start: string, booked: string];

/** A salon, and the appointments of its only client. */
type Calendar = { timezone?: string; settings?: Settings; appointments: Booked[] };

/** The messages that each run of a day sends. */
type Day = Calendar & { runs: [at: string, sent: string[]][] };

async function open({ timezone = 'Europe/Warsaw', settings = {}, appointments }: Calendar) {
  const { database } = reminders;
  const template = '{{when}} {{date}}: {{appointments}}';
  const salon = await createRemindingSalon(database, { timezone, template, ...settings });
  const client = await createRemindedClient(database, salon.id);
  for (const appointment of appointments) {
    const [start, created] = typeof appointment === 'string' ? [appointment] : appointment;
    await createAppointment(database, salon.id, { client, start, ...(created ? { created } : {}) });
  }
}

/** Runs the job at a simulated time; returns the texts that were sent. */
async function sentAt(at: string): Promise<(string | null)[]> {
  const before = provider.received.length;
  await reminders.run({ at: new Date(at).toISOString() });
  return provider.received.slice(before).map((form) => form.get('message'));
}

async function expectDay({ runs, ...calendar }: Day): Promise<void> {
  await open(calendar);
  for (const [at, sent] of runs) expect({ at, sent: await sentAt(at) }).toEqual({ at, sent });
}

const NO_QUIET_HOURS = { quiet_from: '00:00', quiet_to: '00:00' };

describe('the day of a clock change', () => {
  test('of 23 hours has reminders from its first minute to its last', () =>
    expectDay({
      appointments: [
        ...['2026-03-28T22:59Z', '2026-03-28T23:00Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z'],
      ],
      runs: [
        // Late, for the appointment of this evening.
        ['2026-03-28T15:59:00Z', ['dzisiaj 28.03: 23:59']],
        ['2026-03-28T16:00:00Z', ['jutro 29.03: 00:00 i 23:59']],
        ['2026-03-29T14:59:00Z', []],
        ['2026-03-29T15:00:00Z', ['jutro 30.03: 00:00']],
      ],
    }));

  test('of 25 hours has reminders from its first minute to its last', () =>
    expectDay({
      appointments: [
        ...['2026-10-24T21:59Z', '2026-10-24T22:00Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z'],
      ],
      runs: [
        ['2026-10-24T14:59:00Z', ['dzisiaj 24.10: 23:59']],
        ['2026-10-24T15:00:00Z', ['jutro 25.10: 00:00 i 23:59']],
        ['2026-10-25T16:00:00Z', ['jutro 26.10: 00:00']],
      ],
    }));

  test('has two appointments at 02:30 if that hour occurs twice', () =>
    expectDay({
      appointments: ['2026-10-25T00:30Z', '2026-10-25T01:30Z'],
      runs: [['2026-10-24T15:00:00Z', ['jutro 25.10: 02:30 i 02:30']]],
    }));

  test.each([
    ['2026-03-28T07:59:00Z', '2026-03-28T08:00:00Z', '2026-03-29T08:00Z', 'jutro 29.03: 10:00'],
    ['2026-10-24T08:59:00Z', '2026-10-24T09:00:00Z', '2026-10-25T09:00Z', 'jutro 25.10: 10:00'],
  ])(
    'is 24 elapsed hours ahead not at %s but at %s',
    (early, due, appointment, text) =>
      expectDay({
        settings: { mode: 'hours_before' },
        appointments: [appointment],
        runs: [[early, []], [due, [text]]],
      }),
  );
});

describe('tomorrow', () => {
  test('is the salon’s next day, before and after its midnight', () =>
    expectDay({
      settings: { send_at_local: '00:00', ...NO_QUIET_HOURS },
      appointments: ['2026-11-24T11:00Z', '2026-11-25T11:00Z', '2026-11-26T11:00Z'],
      runs: [
        ['2026-11-23T22:59:00Z', ['jutro 24.11: 12:00']],
        ['2026-11-23T23:01:00Z', ['jutro 25.11: 12:00']],
      ],
    }));

  test('of an instant is another day in London than in Warsaw', async () => {
    await open({ appointments: ['2026-11-24T23:30Z'] });
    await open({ timezone: 'Europe/London', appointments: ['2026-11-24T23:30Z'] });
    expect(await sentAt('2026-11-23T18:00Z')).toEqual(['jutro 24.11: 23:30']);
    expect(await sentAt('2026-11-24T18:00Z')).toEqual(['jutro 25.11: 00:30']);
  });
});

describe('a late booking', () => {
  test('of the evening before gets a reminder after it has settled', () =>
    expectDay({
      appointments: [['2026-11-24 14:00+01', '2026-11-23 18:00+01']],
      runs: [
        ['2026-11-23T18:05:00+01:00', []],
        ['2026-11-23T18:11:00+01:00', ['jutro 24.11: 14:00']],
        ['2026-11-23T18:16:00+01:00', []],
      ],
    }));

  test('of the night before gets a reminder in the morning, for today', () =>
    expectDay({
      appointments: [['2026-11-24 14:00+01', '2026-11-23 22:30+01']],
      runs: [
        ['2026-11-23T22:40:00+01:00', []],
        ['2026-11-24T07:59:00+01:00', []],
        ['2026-11-24T08:00:00+01:00', ['dzisiaj 24.11: 14:00']],
      ],
    }));

  test('gets no reminder if the quiet hours leave no time for it', () =>
    expectDay({
      appointments: [['2026-11-24 08:30+01', '2026-11-23 21:00+01']],
      runs: [['2026-11-23T21:10:00+01:00', []], ['2026-11-24T08:00:00+01:00', []]],
    }));

  test('for the same day gets no reminder', () =>
    expectDay({
      appointments: [['2026-11-24 15:00+01', '2026-11-24 09:00+01']],
      runs: [['2026-11-24T09:15:00+01:00', []], ['2026-11-24T12:00:00+01:00', []]],
    }));
});

test('after a day without a run, the next morning sends the reminders that are still in time', async () => {
  await open({ appointments: ['2026-11-24 09:30+01'] });
  await open({ appointments: ['2026-11-24 11:00+01'] });
  expect(await sentAt('2026-11-24T08:05+01:00')).toEqual(['dzisiaj 24.11: 11:00']);
  expect(await sentAt('2026-11-24T08:10+01:00')).toEqual([]);
});
