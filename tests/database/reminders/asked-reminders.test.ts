import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readAt } from '../support/app-clock.ts';
import { beginDispatch, claimOne, settle } from '../support/outbox.ts';
import {
  cancelAppointment,
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

// What members ask for on the page of reminders.

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
  id = await createAppointment(database, salon.id, {
    client: anna,
    pet: 'Reksio',
    start: tuesday('11:00'),
  });
});
afterAll(() => database.drop());

/** Calls a function as the owner; returns its answer, or the status and code of its error. */
async function ask(
  call: string,
  now = monday('12:00'),
  column = 'answer',
): Promise<unknown> {
  try {
    const [row] = await readAt<{ answer: unknown }>(
      database,
      salon,
      now,
      `select ${column} as answer from public.${call} as answer`,
    );
    return row?.answer;
  } catch (error) {
    const { code, detail } = error as { code: string; detail?: string };
    return [code, detail].join(' ').trim();
  }
}
const sendNow = (now?: string, event = id) =>
  ask(`send_reminder_now('${event}')`, now, 'message_id');
const skip = (now?: string, event = id) => ask(`skip_reminder('${event}')`, now);
const unskip = (now?: string) => ask(`unskip_reminder('${id}')`, now);
const test = (phone = '600 100 200', now?: string) =>
  ask(`send_test_sms('${salon.id}', '${phone}')`, now, 'message_id');

async function run(now: string): Promise<string[]> {
  await plan(database, now);
  return await sendDue(database, now);
}
const statuses = async () =>
  (await database.query<{ text: string }>(
    `select concat_ws(' ', status, reason) as text from sms_messages order by created_at, status`,
  )).map(({ text }) => text);

describe('a reminder that is sent now', () => {
  it('is not sent again when it is due', async () => {
    await sendNow();
    expect(await run(monday('12:00'))).toEqual(['go']);
    expect(await run(monday('17:00'))).toEqual([]);
  });

  it('is one message, however often it is asked for', async () => {
    const message = await sendNow();
    expect(await sendNow()).toBe(message);
    await run(monday('12:00'));
    expect(await sendNow(monday('12:05'))).toBe(message);
    expect(await run(monday('12:05'))).toEqual([]);
  });

  it('waits for the end of the quiet hours', async () => {
    await sendNow(monday('05:00'));
    expect(await sendDue(database, monday('05:00'))).toEqual(['quiet_hours']);
    expect(await sendDue(database, monday('08:00'))).toEqual(['go']);
  });

  it('is not sent without consent', async () => {
    await database.query('update clients set has_gdpr_consent = false');
    await sendNow();
    expect(await sendDue(database, monday('12:00'))).toEqual(['no_consent']);
  });

  it('is not sent for an appointment that moved meanwhile, which is reminded of later', async () => {
    await sendNow();
    await moveAppointment(database, id, tuesday('13:00'), monday('12:01'));
    expect(await sendDue(database, monday('12:02'), { problem: 'template' }))
      .toEqual(['event_gone']);
    expect(await run(monday('17:00'))).toEqual(['go']);
  });

  it('takes the place of one that was skipped', async () => {
    await skip();
    await sendNow();
    expect(await sendDue(database, monday('12:00'))).toEqual(['go']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'without a client',
      () => database.query('update calendar_events set client_id = null'),
      'PT422 no_client',
    ],
    ['that was cancelled', () => cancelAppointment(database, id), 'PT422 appointment_over'],
    [
      'of a salon that sends none',
      () => changeSettings(database, salon.id, { enabled: false }),
      'PT422 reminder_off',
    ],
    [
      'that is weeks ahead',
      () => moveAppointment(database, id, '2026-12-24 11:00+01', monday('11:00')),
      'PT422 too_early',
    ],
  ])('is refused for an appointment %s', async (_what, change, code) => {
    await change();
    expect(await sendNow()).toBe(code);
  });

  it('is refused for a kind that is no reminder', async () => {
    expect(await ask(`send_reminder_now('${id}', 'moved')`)).toBe('PT400');
  });
});

describe('a reminder that is skipped', () => {
  it('is not sent', async () => {
    await skip();
    expect(await run(monday('17:00'))).toEqual([]);
    expect(await statuses()).toEqual(['skipped skipped_by_salon']);
  });

  it('is not sent after a change of client, number or settings either', async () => {
    await skip();
    await database.query(`update clients set phone_number = '600 100 300'`);
    await changeSettings(database, salon.id, { max_segments: 3 });
    expect(await run(monday('17:00'))).toEqual([]);
  });

  it('is sent when it is due once that is taken back', async () => {
    await skip();
    expect(await unskip()).toBe(true);
    expect(await unskip()).toBe(false);
    expect(await run(monday('17:00'))).toEqual(['go']);
  });

  it('is sent for a new time of the appointment', async () => {
    await skip();
    await moveAppointment(database, id, tuesday('13:00'), monday('13:00'));
    expect(await run(monday('17:00'))).toEqual(['go']);
  });

  it('leaves the other appointments in the message that waits', async () => {
    const other = await createAppointment(database, salon.id, {
      client: anna,
      pet: 'Burek',
      start: tuesday('13:00'),
    });
    await plan(database, monday('17:00'));
    await skip(monday('17:01'), other);
    const claimed = await claimOne(database, monday('17:02'));
    expect(claimed.appointments).toMatchObject([{ pet: 'Reksio' }]);
    expect(await beginDispatch(database, claimed, monday('17:02'))).toBe('go');
  });

  it('ends the message that waits if nothing is left in it', async () => {
    await plan(database, monday('17:00'));
    await skip(monday('17:01'));
    expect((await statuses()).sort()).toEqual(['cancelled event_gone', 'skipped skipped_by_salon']);
    expect(await run(monday('17:05'))).toEqual([]);
  });

  it('cannot be one that a run has claimed', async () => {
    await plan(database, monday('17:00'));
    const claimed = await claimOne(database, monday('17:00'));
    expect(await skip(monday('17:00'))).toBe('PT422 already_sent');
    expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('go');
    expect(await skip(monday('17:00'))).toBe('PT422 already_sent');
  });

  it('is not planned by a run that began before', async () => {
    await database.as('service_role', null, async (planner) => {
      await planner.query('select public.sms_plan(null, $1)', [monday('17:00')]);
      const skipping = skip(monday('17:00'));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await planner.query('commit');
      await skipping;
    });
    expect(await run(monday('17:05'))).toEqual([]);
  });
});

it('a reminder that was refused can be skipped', async () => {
  await plan(database, monday('17:00'));
  const claimed = await claimOne(database, monday('17:00'));
  await beginDispatch(database, claimed, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'permanent', code: '13' });
  expect(await skip(monday('17:01'))).toMatch(/^[0-9a-f-]{36}$/);
  await database.query(`update clients set phone_number = '600 100 300'`);
  expect(await run(monday('17:05'))).toEqual([]);
});

describe('a test SMS', () => {
  it('shows the reminder with an invented appointment, in quiet hours too', async () => {
    await changeSettings(database, salon.id, { enabled: false });
    const message = await test('600 100 300', monday('22:00'));
    const claimed = await claimOne(database, monday('22:00'));
    expect(claimed).toMatchObject({
      message_id: message,
      phone: '+48600100300',
      template: expect.stringContaining('Przypominamy'),
      appointments: [{ startTime: '2026-11-24T09:00:00+00:00', pet: 'Reksio' }],
    });
    expect(await beginDispatch(database, claimed, monday('22:00'))).toBe('go');
    expect(await database.query('select from private.sms_told_events')).toEqual([]);
  });

  it('is sent five times on a day at most', async () => {
    for (const digit of [1, 2, 3, 4, 5]) await test(`600 100 20${digit}`);
    expect(await test('600 100 206')).toBe('PT429 test_limit');
    expect(await test('600 100 206', tuesday('02:00'))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is counted by calls at the same time', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((digit) => test(`60010020${digit}`)),
    );
    expect(answers.filter((answer) => answer === 'PT429 test_limit')).toHaveLength(2);
  });

  it('counts in the limits', async () => {
    for (let i = 0; i < 3; i++) {
      await test();
      expect(await sendDue(database, monday('12:00'))).toEqual(['go']);
    }
    expect(await run(monday('17:00'))).toEqual(['client_limit']);
  });

  it('does not go to a number that opted out', async () => {
    await database.query('insert into sms_opt_outs values ($1, $2)', [salon.id, '+48600100200']);
    await test();
    expect(await sendDue(database, monday('12:00'))).toEqual(['opted_out']);
  });

  it('is not sent an hour later', async () => {
    await test();
    expect(await sendDue(database, monday('13:00'))).toEqual([]);
  });

  it('is erased with the client who has the number', async () => {
    await test();
    await ask(`erase_client('${anna.id}')`);
    const texts = 'select status, phone, phone_number from sms_messages';
    expect(await database.query(texts)).toEqual([
      { status: 'cancelled', phone: null, phone_number: null },
    ]);
  });

  it('needs a phone number', async () => {
    expect(await test('brak')).toBe('PT400');
  });

  it('is sent by a salon that is switched off, and nothing else is', async () => {
    await plan(database, monday('17:00'));
    await changeSettings(database, salon.id, { enabled: false });
    await test('600 100 300', monday('17:00'));
    expect((await sendDue(database, monday('17:00'))).sort()).toEqual(['disabled', 'go']);
  });
});

describe('the call list', () => {
  const list = (now: string) =>
    readAt(
      database,
      salon,
      now,
      'select client_name, phone, pet_name, local_start from public.call_list order by start_time',
    );
  const reksio = {
    client_name: 'Anna',
    phone: '600 100 200',
    pet_name: 'Reksio',
    local_start: '11:00',
  };

  it('has the appointments of tomorrow from three o’clock on', async () => {
    expect(await list(monday('14:59'))).toEqual([]);
    expect(await list(monday('15:00'))).toEqual([reksio]);
    expect(await list(tuesday('15:00'))).toEqual([]);
  });

  it('begins when the salon says', async () => {
    await changeSettings(database, salon.id, { call_list_from: '12:30' });
    expect(await list(monday('12:30'))).toEqual([reksio]);
  });

  it('leaves out who answered', async () => {
    await database.query(`update calendar_events set client_response = 'coming'`);
    expect(await list(monday('15:00'))).toEqual([]);
  });

  it('leaves out what was cancelled', async () => {
    await cancelAppointment(database, id);
    expect(await list(monday('15:00'))).toEqual([]);
  });
});
