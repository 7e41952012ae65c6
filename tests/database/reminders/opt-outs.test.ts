import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callFunction } from '../support/rpc.ts';
import { beginDispatch, claim, settle } from '../support/outbox.ts';
import { forgetReminders, moveAppointment } from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene } from '../support/scene.ts';

let database: TestDatabase;
let ours: Scene;
let theirs: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  ours = await planReminder(database);
  theirs = await planReminder(database);
});
afterAll(() => database.drop());

/** Both salons send a message to the same number. */
async function bothSend() {
  for (const claimed of await claim(database, monday('17:00'))) {
    await beginDispatch(database, claimed, monday('17:00'));
    await settle(database, claimed, monday('17:00'), { outcome: 'accepted' });
  }
}

const record = (phone: string) =>
  callFunction<number>(database, 'public.sms_record_opt_out($1, $2)', [phone, 'twilio']);
const withdraw = (phone: string, source = 'twilio') =>
  callFunction<number>(database, 'public.sms_withdraw_opt_out($1, $2)', [phone, source]);
const optOuts = async () =>
  (await database.query('select salon_id, source from public.sms_opt_outs where phone = $1', [
    ANNAS_PHONE,
  ])).map(({ salon_id, source }) => `${salon_id === ours.salon.id ? 'ours' : 'theirs'}: ${source}`)
    .toSorted();

it('STOP opts out from every salon that sent a message to the number, and no other', async () => {
  await bothSend();
  await database.query('delete from public.calendar_events');
  await database.query('update public.sms_messages set phone = null where id = $1', [
    theirs.messageId,
  ]);
  expect(await record(ANNAS_PHONE)).toBe(1);
  expect(await optOuts()).toEqual(['ours: twilio']);
});

it('STOP opts out from a salon that has yet to send a message to the number', async () => {
  // An opt-out looks for appointments after the real time.
  for (const appointmentId of [...ours.appointmentIds, ...theirs.appointmentIds]) {
    await moveAppointment(database, appointmentId, 'tomorrow 12:00Z', 'now');
  }
  expect(await record(ANNAS_PHONE)).toBe(2);
  expect(await optOuts()).toEqual(['ours: twilio', 'theirs: twilio']);
});

it('a second STOP changes nothing', async () => {
  await bothSend();
  expect(await record(ANNAS_PHONE)).toBe(2);
  expect(await record(ANNAS_PHONE)).toBe(0);
  expect(await optOuts()).toEqual(['ours: twilio', 'theirs: twilio']);
});

it('STOP from an unknown number changes nothing', async () => {
  expect(await record('+48601000000')).toBe(0);
});

describe('a STOP for a number that the salon had noted', () => {
  beforeEach(async () => {
    await database.query('insert into public.sms_opt_outs (salon_id, phone) values ($1, $2)', [
      ours.salon.id,
      ANNAS_PHONE,
    ]);
  });
  const memberWithdraws = () =>
    database.as(
      'authenticated',
      ours.salon.ownerId,
      (client) => client.query('delete from public.sms_opt_outs'),
    );

  it('stays when a member withdraws the note', async () => {
    await bothSend();
    expect(await record(ANNAS_PHONE)).toBe(2);
    await memberWithdraws();
    expect(await optOuts()).toEqual(['ours: twilio', 'theirs: twilio']);
  });

  it('leaves the note when the person sends START', async () => {
    await bothSend();
    await record(ANNAS_PHONE);
    expect(await withdraw(ANNAS_PHONE)).toBe(2);
    expect(await optOuts()).toEqual(['ours: salon']);
  });
});

it('START withdraws the opt-outs made by STOP with the same provider', async () => {
  await bothSend();
  await record(ANNAS_PHONE);
  expect(await withdraw(ANNAS_PHONE, 'smsapi')).toBe(0);
  expect(await withdraw(ANNAS_PHONE)).toBe(2);
  expect(await optOuts()).toEqual([]);
});
