import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne, dispatch, settle, TWILIO } from '../support/outbox.ts';
import { forgetReminders, messages } from '../support/reminders.ts';
import { monday, planReminder, type Scene } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

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

async function makeOlder(days: number) {
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
const result = async () => [
  { ...await readMessage(database, scene.messageId), phone: null },
  await readAttempts(database, scene.messageId),
  await messages(database),
];
const redacted = { body: null, phone: null, phone_number: null };
const unchanged = { body: 'Do jutra!', phone: '+48600100200', phone_number: '600 100 200' };

describe('after 90 days', () => {
  it('the text and number of a message are redacted and its result is kept', async () => {
    await send();
    await makeOlder(91);
    const before = await result();
    expect(await trim()).toBe(1);
    expect(await personal()).toEqual(redacted);
    expect(await result()).toEqual(before);
  });

  it('a refused message is redacted', async () => {
    await send('permanent');
    await makeOlder(91);
    await trim();
    expect(await personal()).toEqual(redacted);
  });

  it('a skipped message is redacted', async () => {
    const claimed = await claimOne(database, monday('17:00'));
    await beginDispatch(database, claimed, monday('17:00'), { problem: 'not_mobile' });
    await makeOlder(91);
    await trim();
    expect(await personal()).toEqual(redacted);
  });

  it('a redacted message is not redacted again', async () => {
    await send();
    await makeOlder(91);
    await trim();
    await makeOlder(91);
    expect(await trim()).toBe(0);
  });
});

it('a message is kept unchanged for 90 days', async () => {
  await send();
  await makeOlder(89);
  expect(await trim()).toBe(0);
  expect(await personal()).toEqual(unchanged);
});

it('a message that was never settled is given up after 90 days', async () => {
  await send('ambiguous');
  await makeOlder(91);
  expect(await trim()).toBe(1);
  expect(await personal()).toEqual(redacted);
  expect(await readMessage(database, scene.messageId)).toMatchObject({ status: 'dead' });
});

it.each([
  ['body', 'Do jutra!'],
  ['phone', '+48600100200'],
  ['phone_number', '600 100 200'],
])('a message of which only the %s is left is redacted', async (column, value) => {
  await database.query(
    'update public.sms_messages set body = null, phone = null, phone_number = null',
  );
  await database.query(`update public.sms_messages set ${column} = $1`, [value]);
  await makeOlder(91);
  expect(await trim()).toBe(1);
  expect(await personal()).toEqual(redacted);
});

it('a message whose text is being sent is given up after 90 days', async () => {
  await dispatch(database, monday('17:00'), TWILIO);
  await makeOlder(91);
  expect(await trim()).toBe(1);
  expect(await readMessage(database, scene.messageId)).toMatchObject({ status: 'dead' });
});

describe('when a client is deleted', () => {
  it('the number and texts of their messages are redacted and the results are kept', async () => {
    await send();
    await database.query('delete from public.clients');
    expect(await personal()).toEqual(redacted);
    expect(await readMessage(database, scene.messageId)).toMatchObject({ status: 'sent' });
  });

  it('a message that is being sent is given up', async () => {
    await dispatch(database, monday('17:00'), TWILIO);
    await database.query('delete from public.clients');
    expect(await personal()).toEqual(redacted);
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'dead',
      reason: 'erased',
    });
  });
});

it('runs are kept for 30 days', async () => {
  await database.query(
    `insert into public.sms_runs (provider, started_at)
     values ('log', now() - interval '31 days'), ('twilio', now() - interval '29 days')`,
  );
  await trim();
  expect(await database.query('select provider from public.sms_runs')).toEqual([
    { provider: 'twilio' },
  ]);
});
