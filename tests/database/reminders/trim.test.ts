import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { begin, claimOne, dispatch, settle, TWILIO } from '../support/outbox.ts';
import { forgetReminders, messages } from '../support/reminders.ts';
import { monday, planReminder, type Scene } from '../support/scene.ts';
import { attempts, stored } from '../support/stored-messages.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
});
afterAll(() => database.drop());

async function age(days: number) {
  await database.query(
    `update public.sms_messages set not_after = now() - interval '${days} days'`,
  );
}

async function send(outcome = 'accepted') {
  const claimed = await dispatch(database, monday('17:00'), TWILIO);
  await settle(database, claimed, monday('17:00'), { outcome, providerId: 'SM1', code: '13' });
}

async function trim() {
  const [row] = await database.query<{ trimmed: number }>(
    'select private.trim_messages() as trimmed',
  );
  return row?.trimmed;
}

const personal = async () =>
  (await database.query('select body, phone, phone_number from public.sms_messages'))[0];
const everythingElse = async () => [
  { ...await stored(database, scene.messageId), phone: null },
  await attempts(database, scene.messageId),
  await messages(database),
];
const trimmed = { body: null, phone: null, phone_number: null };
const kept = { body: 'Do jutra!', phone: '+48600100200', phone_number: '600 100 200' };

describe('after 90 days', () => {
  it('text and number of a message are gone; what happened and when stays', async () => {
    await send();
    await age(91);
    const before = await everythingElse();
    expect(await trim()).toBe(1);
    expect(await personal()).toEqual(trimmed);
    expect(await everythingElse()).toEqual(before);
  });

  it('so it is with a message that was refused', async () => {
    await send('permanent');
    await age(91);
    await trim();
    expect(await personal()).toEqual(trimmed);
  });

  it('so it is with a number that could not be used', async () => {
    const claimed = await claimOne(database, monday('17:00'));
    await begin(database, claimed, monday('17:00'), { problem: 'not_mobile' });
    await age(91);
    await trim();
    expect(await personal()).toEqual(trimmed);
  });

  it('what was trimmed is not trimmed again', async () => {
    await send();
    await age(91);
    await trim();
    await age(91);
    expect(await trim()).toBe(0);
  });
});

it('up to 90 days everything is kept', async () => {
  await send();
  await age(89);
  expect(await trim()).toBe(0);
  expect(await personal()).toEqual(kept);
});

it('a message that nobody settled any more is given up then', async () => {
  await send('ambiguous');
  await age(91);
  expect(await trim()).toBe(1);
  expect(await personal()).toEqual(trimmed);
  expect(await stored(database, scene.messageId)).toMatchObject({ status: 'dead' });
});

describe('when a client is deleted', () => {
  it('their number and the texts they got go with them; what happened and when stays', async () => {
    await send();
    await database.query('delete from public.clients');
    expect(await personal()).toEqual(trimmed);
    expect(await stored(database, scene.messageId)).toMatchObject({ status: 'sent' });
  });

  it('a message that is being sent keeps its text until it is settled', async () => {
    await dispatch(database, monday('17:00'), TWILIO);
    await database.query('delete from public.clients');
    expect(await personal()).toEqual({ ...kept, phone_number: null });
  });
});

it('runs are kept for 30 days', async () => {
  await database.query(
    `insert into public.sms_runs (provider, started_at)
     values ('old', now() - interval '31 days'), ('new', now() - interval '29 days')`,
  );
  await trim();
  expect(await database.query('select provider from public.sms_runs')).toEqual([
    { provider: 'new' },
  ]);
});
