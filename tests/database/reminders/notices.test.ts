import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { enableTexts } from '../support/notices.ts';
import {
  at,
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

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
});
afterAll(() => database.drop());

const enable = (...kinds: ('booked' | 'moved' | 'cancelled')[]) =>
  enableTexts(database, salon.id, kinds);
const book = (start: string, created: string, pet = 'Reksio') =>
  createAppointment(database, salon.id, { client: anna, pet, start, created });
const setStatus = (id: string, status: string, now: string, state = '{}') =>
  at(
    database,
    now,
    `update public.calendar_events set status = $2, fold_state = $3, last_event_at = $4
     where id = $1`,
    [id, status, state, now],
  );

/** Plans and sends at a time. */
async function run(now: string): Promise<string[]> {
  await plan(database, now);
  return await sendDue(database, now);
}

/** Kind and local start of each text that was sent, in order. */
async function told(): Promise<string[]> {
  const rows = await database.query<{ text: string }>(
    `select m.kind || ' ' || case when t.start_time = 'infinity' then 'cancelled'
       else to_char(t.start_time at time zone 'Europe/Warsaw', 'MM-DD HH24:MI') end as text
     from sms_messages m join private.sms_told_events t on t.message_id = m.id
     where m.status = 'sent' order by m.sent_at, t.start_time`,
  );
  return rows.map(({ text }) => text);
}

describe('a booking', () => {
  beforeEach(() => enable('booked'));

  it('is told once it was held back, however far ahead it is', async () => {
    await book('2027-03-01 11:00+01', monday('10:00'));
    expect(await run(monday('10:05'))).toEqual([]);
    expect(await run(monday('10:10'))).toEqual(['go']);
    expect(await run(monday('10:15'))).toEqual([]);
    expect(await told()).toEqual(['booked 03-01 11:00']);
  });

  it('shares its SMS with the booking of a second pet for the day', async () => {
    await book(tuesday('11:00'), monday('10:00'));
    await book(tuesday('12:00'), monday('10:07'), 'Burek');
    expect(await run(monday('10:17'))).toEqual(['go']);
    expect(await told()).toEqual(['booked 11-24 11:00', 'booked 11-24 12:00']);
  });

  it('is told at its present time if it moved before', async () => {
    const id = await book(tuesday('11:00'), monday('10:00'));
    await moveAppointment(database, id, tuesday('13:00'), monday('10:05'));
    await run(monday('10:15'));
    expect(await told()).toEqual(['booked 11-24 13:00']);
  });

  it('is told on the day of the appointment too', async () => {
    await book(monday('15:00'), monday('10:00'));
    await run(monday('10:10'));
    expect(await told()).toEqual(['booked 11-23 15:00']);
  });

  it('still gets its reminder', async () => {
    await book(tuesday('11:00'), monday('10:00'));
    await run(monday('10:10'));
    await run(monday('17:00'));
    expect(await told()).toEqual(['booked 11-24 11:00', 'reminder 11-24 11:00']);
  });

  it('gets no reminder that would follow within an hour', async () => {
    await book(tuesday('11:00'), monday('16:10'));
    await run(monday('16:20'));
    expect(await run(monday('17:00'))).toEqual([]);
    expect(await told()).toEqual(['booked 11-24 11:00']);
  });

  it('that waits for its confirmation is told when it has it', async () => {
    const id = await createAppointment(database, salon.id, {
      client: anna,
      start: tuesday('11:00'),
      created: monday('10:00'),
      status: 'pending',
    });
    expect(await run(monday('10:30'))).toEqual([]);
    await setStatus(id, 'confirmed', monday('11:00'));
    await run(monday('11:10'));
    expect(await told()).toEqual(['booked 11-24 11:00']);
  });

  it('that is confirmed days later is told then', async () => {
    const id = await createAppointment(database, salon.id, {
      client: anna,
      start: '2026-11-30 11:00+01',
      created: '2026-11-18 10:00+01',
      status: 'pending',
    });
    await setStatus(id, 'confirmed', monday('11:00'));
    expect(await run(monday('11:10'))).toEqual(['go']);
    expect(await told()).toEqual(['booked 11-30 11:00']);
  });

  it('is told in the morning if it was made in the night', async () => {
    await book('2026-11-25 11:00+01', monday('22:00'));
    expect(await run(monday('22:10'))).toEqual([]);
    await run(tuesday('08:00'));
    expect(await told()).toEqual(['booked 11-25 11:00']);
  });

  it('is not told if it is cancelled meanwhile', async () => {
    const id = await book(tuesday('11:00'), monday('10:00'));
    await setStatus(id, 'cancelled', monday('10:05'));
    expect(await run(monday('10:15'))).toEqual([]);
  });
});

describe('nobody is told of a booking', () => {
  it('that was made before the salon sent such notices', async () => {
    await book(tuesday('11:00'), monday('10:00'));
    await enableTexts(database, salon.id, ['booked'], { since: monday('10:05') });
    expect(await run(monday('10:10'))).toEqual([]);
  });

  it('that is imported by a sync days later', async () => {
    await enable('booked');
    await at(
      database,
      monday('10:00'),
      `insert into public.calendar_events
         (cal_com_event_id, salon_id, client_id, title, start_time, end_time, created_at)
       values ('old', $1, $2, 'Kąpiel', '2026-11-24 10:00Z', '2026-11-24 11:00Z', '2026-11-20Z')`,
      [salon.id, anna.id],
    );
    expect(await run(monday('10:10'))).toEqual([]);
  });

  it('that was made while the salon had its messages switched off', async () => {
    await enable('booked');
    await database.query('update sms_settings set enabled = false');
    await book(tuesday('11:00'), monday('10:00'));
    await database.query('update sms_settings set enabled = true');
    expect(await run(monday('10:10'))).toEqual([]);
    expect(
      await database.query(`select from sms_texts where enabled_at > now() - interval '1 hour'`),
    )
      .toHaveLength(1);
  });

  it('that was made before the notice was switched off and on again', async () => {
    await enable('booked');
    await book('2026-11-27 11:00+01', monday('10:00'));
    await database.query('update sms_texts set enabled = false');
    await database.query('update sms_texts set enabled = true');
    await database.query('update sms_texts set enabled_at = $1', [monday('12:00')]);
    expect(await run(monday('12:10'))).toEqual([]);
  });

  it('that was confirmed long before it is imported', async () => {
    await enable('booked');
    const id = await createAppointment(database, salon.id, {
      client: anna,
      start: '2026-11-30 11:00+01',
      created: '2026-11-18 10:00+01',
      status: 'pending',
    });
    await at(
      database,
      monday('11:00'),
      `update calendar_events set status = 'confirmed', last_event_at = '2026-11-19Z' where id = $1`,
      [id],
    );
    expect(await run(monday('11:10'))).toEqual([]);
  });

  it('a day after it was made', async () => {
    await enable('booked');
    await book('2026-11-30 11:00+01', monday('10:00'));
    expect(await run(tuesday('10:01'))).toEqual([]);
  });
});

describe('a move', () => {
  let id: string;
  beforeEach(async () => {
    await enable('moved');
    id = await book(tuesday('11:00'), '2026-11-20 10:00+01');
  });
  const move = (start: string, now: string) => moveAppointment(database, id, start, now);

  it('is told to a client who was told nothing yet', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await run(monday('10:10'));
    expect(await told()).toEqual(['moved 11-27 12:00']);
  });

  it('and back is not told to a client who was told neither', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await move(tuesday('11:00'), monday('10:05'));
    expect(await run(monday('10:15'))).toEqual([]);
  });

  it('and back is told once the new time was told', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await run(monday('10:10'));
    await move(tuesday('11:00'), monday('11:00'));
    await run(monday('11:10'));
    expect(await run(monday('11:15'))).toEqual([]);
    expect(await told()).toEqual(['moved 11-27 12:00', 'moved 11-24 11:00']);
  });

  it('after the reminder is told by the notice, and not by another reminder', async () => {
    await run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await run(monday('17:40'));
    expect(await run(monday('17:45'))).toEqual([]);
    expect(await told()).toEqual(['reminder 11-24 11:00', 'moved 11-24 13:00']);
  });

  it('and back after the reminder is not told while the client knows no other time', async () => {
    await run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await move(tuesday('11:00'), monday('17:35'));
    expect(await run(monday('17:45'))).toEqual([]);
  });

  it('is told by a reminder if the text of the notice is too long', async () => {
    await run(monday('17:00'));
    await move(tuesday('13:00'), monday('17:30'));
    await plan(database, monday('17:40'));
    expect(await sendDue(database, monday('17:40'), { problem: 'too_long' })).toEqual(['too_long']);
    await run(monday('17:45'));
    expect(await told()).toEqual(['reminder 11-24 11:00', 'reminder 11-24 13:00']);
  });

  it('in the night is told in the morning, at the time that it has then', async () => {
    await move('2026-11-27 12:00+01', monday('21:00'));
    expect(await run(monday('21:10'))).toEqual([]);
    await move('2026-11-27 15:00+01', monday('23:00'));
    expect(await run(monday('23:10'))).toEqual([]);
    await run(tuesday('08:00'));
    expect(await told()).toEqual(['moved 11-27 15:00']);
  });

  it('is told to another number once the number is corrected', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await run(monday('10:10'));
    await database.query(`update clients set phone_number = '600 100 300'`);
    await plan(database, monday('10:15'));
    expect(await sendDue(database, monday('10:15'))).toEqual(['go']);
    expect(await told()).toEqual(['moved 11-27 12:00', 'moved 11-27 12:00']);
  });

  it('is told by reminders only once the salon switches the notice off', async () => {
    await move('2026-11-27 12:00+01', monday('10:00'));
    await database.query('update sms_texts set enabled = false');
    expect(await run(monday('10:10'))).toEqual([]);
  });
});

describe('a cancellation', () => {
  const BY_SALON = '{"cancelledBySalon": true}';
  let id: string;
  beforeEach(async () => {
    await enable('cancelled');
    id = await book(tuesday('11:00'), '2026-11-20 10:00+01');
  });
  const acted = (action: string) =>
    database.query('insert into salon_activity (salon_id, event_id, action) values ($1, $2, $3)', [
      salon.id,
      id,
      action,
    ]);

  it('by the host in Cal.com is told, whether or not the client was told of the appointment', async () => {
    await setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await run(monday('10:10'));
    expect(await run(monday('10:15'))).toEqual([]);
    expect(await told()).toEqual(['cancelled cancelled']);
  });

  it('by staff is told', async () => {
    await acted('cancel');
    await setStatus(id, 'cancelled', monday('10:00'));
    await run(monday('10:10'));
    expect(await told()).toEqual(['cancelled cancelled']);
  });

  it('by the client is not told', async () => {
    await setStatus(id, 'cancelled', monday('10:00'));
    expect(await run(monday('10:10'))).toEqual([]);
  });

  const clientCancels = async (response: string | null) => {
    await acted('client_cancel');
    await database.query('update calendar_events set client_response = $1', [response]);
    await setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    return await run(monday('10:10'));
  };

  it('that the client asked for is not told', async () => {
    expect(await clientCancels('wants_to_cancel')).toEqual([]);
  });

  it('after the client changed their mind is told', async () => {
    expect(await clientCancels('coming')).toEqual(['go']);
  });

  it('of a booking that waited for its confirmation is told', async () => {
    await setStatus(id, 'pending', monday('09:00'));
    await setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await run(monday('10:10'));
    expect(await told()).toEqual(['cancelled cancelled']);
  });

  it('that is undone before it is told is not told', async () => {
    await setStatus(id, 'cancelled', monday('10:00'), BY_SALON);
    await plan(database, monday('10:10'));
    await setStatus(id, 'scheduled', monday('10:10'));
    expect(await sendDue(database, monday('10:10'), { problem: 'template' })).toEqual([
      'event_gone',
    ]);
  });

  it('that is undone after it was told is followed by a reminder, even of a time told before', async () => {
    await run(monday('17:00'));
    await setStatus(id, 'cancelled', monday('17:30'), BY_SALON);
    await run(monday('17:40'));
    await setStatus(id, 'scheduled', monday('18:00'));
    await run(monday('18:10'));
    expect(await told()).toEqual([
      'reminder 11-24 11:00',
      'cancelled cancelled',
      'reminder 11-24 11:00',
    ]);
  });

  it('keeps a reminder that waits from being sent', async () => {
    await plan(database, monday('17:00'));
    await setStatus(id, 'cancelled', monday('17:00'), BY_SALON);
    expect(await sendDue(database, monday('17:00'), { problem: 'template' })).toEqual([
      'event_gone',
    ]);
    await run(monday('17:10'));
    expect(await told()).toEqual(['cancelled cancelled']);
  });

  it('of a past appointment is not told', async () => {
    await setStatus(id, 'cancelled', tuesday('11:30'), BY_SALON);
    expect(await database.query('select from private.sms_changes')).toEqual([]);
  });
});

it('a notice needs consent like a reminder, and is sent once it is given', async () => {
  await enable('booked');
  await database.query('update clients set has_gdpr_consent = false');
  await book('2026-11-27 11:00+01', monday('10:00'));
  await run(monday('10:10'));
  expect(await database.query('select kind, status, reason from sms_messages')).toEqual([
    { kind: 'booked', status: 'skipped', reason: 'no_consent' },
  ]);
  await database.query('update clients set has_gdpr_consent = true');
  expect(await run(monday('10:15'))).toEqual(['go']);
});

it('notices of one salon reach nobody of another', async () => {
  await enable('booked', 'moved', 'cancelled');
  const other = await createRemindingSalon(database);
  const eva = await createRemindedClient(database, other.id, { phone: '600 100 300' });
  await createAppointment(database, other.id, {
    client: eva,
    start: '2026-11-27 11:00+01',
    created: monday('10:00'),
  });
  expect(await run(monday('10:10'))).toEqual([]);
});

it('no number gets more than three messages of a salon on a day, whatever their kinds', async () => {
  await enable('booked', 'moved');
  const id = await book('2026-11-27 11:00+01', monday('09:00'));
  await run(monday('09:10'));
  const verdicts: string[] = [];
  for (const hour of [10, 11, 12]) {
    await moveAppointment(database, id, `2026-11-27 ${hour}:30+01`, monday(`${hour}:00`));
    verdicts.push(...await run(monday(`${hour}:10`)));
  }
  expect(verdicts).toEqual(['go', 'go', 'client_limit']);
});
