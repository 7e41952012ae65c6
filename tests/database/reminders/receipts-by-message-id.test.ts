import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Receipt } from '../../../supabase/functions/sms-status/receipt.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  type Outcome,
  recoverAndExpire,
  settle,
} from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readMessage } from '../support/message-records.ts';

// Receipts that name our id of a message, whose provider id may not be known yet.
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
const message = () => readMessage(database, scene.messageId);

it('a receipt supplies the provider’s id if the response to the POST did not', async () => {
  await send({ outcome: 'accepted' });
  await applyReceipts(database, [ours('sent')]);
  expect(await message()).toMatchObject({ status: 'sent', providerId: 'A1' });
  await applyReceipts(database, [receipt('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
});

it.each<Receipt['status']>(['sent', 'delivered', 'undelivered', 'failed'])(
  'a receipt marks a message that may have been sent as %s, and it is not sent again',
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

it('a receipt may arrive before the response to the POST', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered', leaseUntil: null });
  const outcome = { outcome: 'accepted', providerId: 'A1' };
  expect(await settle(database, claimed, monday('17:02'), outcome)).toBe('late_ack');
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt settles a message whose run died', async () => {
  await dispatch(database, monday('17:00'));
  await recoverAndExpire(database, monday('17:02'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
  expect(await claim(database, monday('17:03'))).toEqual([]);
});

it('a receipt keeps a run from sending the message again', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  const again = await claimOne(database, monday('17:02'));
  await applyReceipts(database, [ours('delivered')]);
  expect(await beginDispatch(database, again, monday('17:02'))).toBe('lost_lease');
});

it('a receipt corrects a message that was given up as ambiguous', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  await recoverAndExpire(database, tuesday('09:00'));
  expect(await applyReceipts(database, [ours('delivered')])).toEqual({ applied: 1, unknown: 0 });
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt corrects a message whose second POST used up its attempts', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  await database.query('update public.sms_messages set attempts = 6');
  const again = await dispatch(database, monday('17:02'));
  await settle(database, again, monday('17:02'), { outcome: 'transient', code: 'http_503' });
  expect(await message()).toMatchObject({ status: 'dead', reason: 'max_attempts' });
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered' });
});

it('a receipt corrects a message whose second POST was refused', async () => {
  await send({ outcome: 'ambiguous', code: 'timeout' });
  const again = await dispatch(database, monday('17:02'));
  await settle(database, again, monday('17:02'), { outcome: 'permanent', code: '59' });
  expect(await message()).toMatchObject({ status: 'dead', reason: 'ambiguous', code: '59' });
  await applyReceipts(database, [ours('delivered')]);
  expect(await message()).toMatchObject({ status: 'delivered', reason: null });
});

it('a receipt without a status leaves the message to its run', async () => {
  const claimed = await dispatch(database, monday('17:00'));
  await applyReceipts(database, [ours(null)]);
  expect(await message()).toMatchObject({ status: 'leased', providerId: 'A1' });
  const outcome = { outcome: 'accepted', providerId: 'A1' };
  expect(await settle(database, claimed, monday('17:00'), outcome)).toBe('sent');
});
