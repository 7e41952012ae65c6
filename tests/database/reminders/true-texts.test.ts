import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne, dispatch, settle, TWILIO } from '../support/outbox.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

// The last text that a client has about an appointment is true.
let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;
let appointmentId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
  const start = tuesday('11:00');
  appointmentId = await createAppointment(database, salon.id, { client: anna, start });
});
afterAll(() => database.drop());

/** Plans and sends at a time, to the number that the client has. */
async function run(now: string, phone = '+48600100200'): Promise<string[]> {
  await plan(database, now);
  return await sendDue(database, now, { phone });
}
const move = (start: string, at: string) => moveAppointment(database, appointmentId, start, at);
const setPhone = (phone: string) => database.query('update clients set phone_number = $1', [phone]);
const assign = (client: RemindedClient) =>
  database.query('update calendar_events set client_id = $1', [client.id]);
/** Status and appointments of all messages, as they were planned. */
const told = async () =>
  await database.query(
    `select m.status, m.phone, coalesce(to_char(min(c.start_time)
       at time zone 'Europe/Warsaw', 'HH24:MI'), '-') as start
     from sms_messages m left join sms_message_events c on c.message_id = m.id
     group by m.id order by m.created_at`,
  );

describe('an appointment that moves back after its new time was told', () => {
  beforeEach(async () => {
    expect(await run(monday('17:00'))).toEqual(['go']);
    await move(tuesday('13:00'), monday('17:30'));
    expect(await run(monday('17:40'))).toEqual(['go']);
    await move(tuesday('11:00'), monday('18:00'));
  });

  it('is told again, once', async () => {
    expect(await run(monday('18:05'))).toEqual([]);
    expect(await run(monday('18:10'))).toEqual(['go']);
    expect(await run(monday('18:15'))).toEqual([]);
    expect(await told()).toMatchObject([{ start: '-' }, { start: '13:00' }, { start: '11:00' }]);
  });

  it('is told as often as it moves, up to three times a day', async () => {
    expect(await run(monday('18:10'))).toEqual(['go']);
    await move(tuesday('13:00'), monday('18:20'));
    expect(await run(monday('18:30'))).toEqual(['client_limit']);
    expect(await run(tuesday('08:00'))).toEqual(['go']);
    expect(await run(tuesday('08:05'))).toEqual([]);
  });

  it('is not told again if it moves on before that', async () => {
    await plan(database, monday('18:10'));
    await move(tuesday('13:00'), monday('18:10'));
    expect(await run(monday('18:20'))).toEqual(['event_gone']);
    expect(await run(monday('18:25'))).toEqual([]);
  });

  it('is not told again when it is too late', async () => {
    expect(await plan(database, tuesday('09:00'))).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });
});

it('an appointment is not told again if its new time was not told', async () => {
  await run(monday('17:00'));
  await move(tuesday('13:00'), monday('17:30'));
  await plan(database, monday('17:40'));
  await move(tuesday('11:00'), monday('17:45'));
  expect(await run(monday('18:00'))).toEqual(['event_gone']);
  expect(await run(monday('18:05'))).toEqual([]);
});

it('a text that may have arrived counts', async () => {
  await run(monday('17:00'));
  await move(tuesday('13:00'), monday('17:30'));
  await plan(database, monday('17:40'));
  const claimed = await dispatch(database, monday('17:40'), TWILIO);
  await settle(database, claimed, monday('17:40'), { outcome: 'ambiguous', code: 'timeout' });
  await move(tuesday('11:00'), monday('17:40'));
  expect(await plan(database, monday('17:50'))).toMatchObject({ planned: 1 });
});

it('a text that is being sent counts once it is known what became of it', async () => {
  await run(monday('17:00'));
  await move(tuesday('13:00'), monday('17:30'));
  await plan(database, monday('17:40'));
  const claimed = await dispatch(database, monday('17:40'));
  await move(tuesday('11:00'), monday('17:40'));
  expect(await plan(database, monday('17:50'))).toMatchObject({ planned: 0 });
  await settle(database, claimed, monday('17:51'), { outcome: 'permanent', code: '13' });
  expect(await plan(database, monday('17:55'))).toMatchObject({ planned: 0 });
});

it('a message that may be repeated is waited for', async () => {
  await plan(database, monday('17:00'));
  const claimed = await dispatch(database, monday('17:00'), TWILIO);
  await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
  await move(tuesday('13:00'), monday('17:00'));
  await plan(database, monday('17:10'));
  await sendDue(database, monday('17:10'));
  await database.query(`update sms_messages set status = 'sent' where status = 'pending'`);
  await move(tuesday('11:00'), monday('17:20'));
  await database.query(
    `update sms_messages set next_attempt_at = $1 where status = 'unknown'`,
    [monday('17:40')],
  );
  expect(await plan(database, monday('17:30'))).toMatchObject({ planned: 0 });
  await database.query(
    `update sms_messages set reason = 'held', next_attempt_at = 'infinity'
     where status = 'unknown'`,
  );
  expect(await plan(database, monday('17:35'))).toMatchObject({ planned: 1 });
});

it('an appointment whose reminder was given up is told if another time was told since', async () => {
  await plan(database, monday('17:00'));
  await database.query(`update sms_messages set status = 'dead', reason = 'max_attempts'`);
  await move(tuesday('13:00'), monday('17:30'));
  expect(await run(monday('17:40'))).toEqual(['go']);
  await move(tuesday('11:00'), monday('18:00'));
  expect(await run(monday('18:10'))).toEqual(['go']);
});

describe('after its SMS, an appointment', () => {
  beforeEach(() => run(monday('17:00')));

  it('is told to the corrected number, once', async () => {
    await setPhone('600 100 201');
    expect(await run(monday('17:05'), '+48600100201')).toEqual(['go']);
    expect(await run(monday('17:10'), '+48600100201')).toEqual([]);
    expect(await told()).toMatchObject([
      { phone: '+48600100200', start: '-' },
      { phone: '+48600100201', start: '11:00' },
    ]);
  });

  it('is not told again to the same number in another form', async () => {
    await setPhone('+48 600-100-200');
    expect(await plan(database, monday('17:05'))).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('is told to the client it is given to', async () => {
    await assign(
      await createRemindedClient(database, salon.id, { name: 'Jan', phone: '600 100 201' }),
    );
    expect(await run(monday('17:05'), '+48600100201')).toEqual(['go']);
    expect(await run(monday('17:10'), '+48600100201')).toEqual([]);
    expect(await messages(database)).toMatchObject([{ client: 'Jan' }, { client: 'Anna' }]);
  });

  it('is not told again to a client with the same phone', async () => {
    await assign(await createRemindedClient(database, salon.id, { name: 'Jan' }));
    expect(await plan(database, monday('17:05'))).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('is not told to a new number that opted out', async () => {
    await setPhone('600 100 201');
    await database.query('insert into sms_opt_outs values ($1, $2)', [salon.id, '+48600100201']);
    expect(await run(monday('17:05'), '+48600100201')).toEqual(['opted_out']);
    expect(await plan(database, monday('17:10'))).toEqual({ planned: 0, skipped: 0, broken: 0 });
  });

  it('is not told to a new number once it is cancelled', async () => {
    await setPhone('600 100 201');
    await plan(database, monday('17:05'));
    await database.query(`update calendar_events set status = 'cancelled'`);
    const claimed = await claimOne(database, monday('17:05'));
    expect(await beginDispatch(database, claimed, monday('17:05'))).toBe('event_gone');
  });
});
