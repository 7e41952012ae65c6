import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Receipt } from '../../../supabase/functions/sms-status/receipt.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  begin,
  claim,
  claimOne,
  dispatch,
  type Outcome,
  settle,
  sweep,
} from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { stored } from '../support/stored-messages.ts';

// A receipt that names our id tells of a message of which the gateway's id was never heard.
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

async function send(outcome: Outcome) {
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), outcome);
}

const ours = (status: Receipt['status']) => receipt(status, { messageId: scene.messageId });
const message = () => stored(database, scene.messageId);

it('a receipt brings the gateway’s id when the answer to the POST did not', async () => {
  await send({ outcome: 'accepted' });
  await applyReceipts(database, [ours('sent')]);
  expect(await message()).toMatchObject({ status: 'sent', providerId: 'A1' });
  await applyReceipts(database, [receipt('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
});

it.each<Receipt['status']>(['sent', 'delivered', 'undelivered', 'failed'])(
  'a receipt tells of a message in the dark that it was %s, and it is not sent again',
  async (status) => {
    await send({ outcome: 'ambiguous', code: 'timeout' });
    await applyReceipts(database, [ours(status)]);
    expect(await message()).toMatchObject({
      status,
      reason: null,
      providerId: 'A1',
      sentAt: '11-23 17:01:00',
    });
    expect(await claim(database, monday('18:00'))).toEqual([]);
  },
);

it('a receipt may overtake the answer to the POST', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered', leaseUntil: null });
  const outcome = { outcome: 'accepted', providerId: 'A1' };
  expect(await settle(database, claimed, monday('17:02'), outcome)).toBe('late_ack');
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt ends the waiting of a message whose run died', async () => {
  await dispatch(database, monday('17:00'));
  await sweep(database, monday('17:02'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
  expect(await claim(database, monday('17:03'))).toEqual([]);
});

it('a receipt keeps the run that is about to send it again from doing so', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  const again = await claimOne(database, monday('17:02'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await begin(database, again, monday('17:02'))).toBe('lost_lease');
});

it('a receipt is believed after the message was given up as unknown', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  await sweep(database, tuesday('09:00'));
  expect(await applyReceipts(database, [ours('delivered')])).toEqual({ applied: 1, unknown: 0 });
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt is believed after a second POST was refused until the message was given up', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  await database.query('update public.sms_messages set attempts = 6');
  const again = await dispatch(database, monday('17:02'));
  await settle(database, again, monday('17:02'), { outcome: 'transient', code: 'http_503' });
  expect(await message()).toMatchObject({ status: 'dead', reason: 'max_attempts' });
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
});

it('a receipt is believed after a second POST was refused for good', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  const again = await dispatch(database, monday('17:02'));
  await settle(database, again, monday('17:02'), { outcome: 'permanent', code: '59' });
  expect(await message()).toMatchObject({ status: 'dead', reason: 'ambiguous', code: '59' });
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt without news leaves the message to its run', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await applyReceipts(database, [ours(null)]);
  expect(await message()).toMatchObject({ status: 'leased', providerId: 'A1' });
  const outcome = { outcome: 'accepted', providerId: 'A1' };
  expect(await settle(database, claimed, monday('17:00'), outcome)).toBe('sent');
});
