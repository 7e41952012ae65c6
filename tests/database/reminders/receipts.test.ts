import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Receipt } from '../../../supabase/functions/sms-status/receipt.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { claimOne, dispatch, type Outcome, recoverAndExpire, settle } from '../support/outbox.ts';
import { applyReceipts, receipt } from '../support/receipts.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder, type Scene } from '../support/scene.ts';
import { readMessage } from '../support/message-records.ts';

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

async function send(outcome: Outcome = { outcome: 'accepted', providerId: 'A1' }) {
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), outcome);
}

const apply = (receipts: Receipt[], from = {}) => applyReceipts(database, receipts, from);
const message = () => readMessage(database, scene.messageId);

describe('a message that was sent', () => {
  it.each<[Receipt['status'][], string]>([
    [['sent'], 'sent'],
    [['delivered'], 'delivered'],
    [['undelivered'], 'undelivered'],
    [['failed'], 'failed'],
    [['sent', 'delivered'], 'delivered'],
    [['delivered', 'sent'], 'delivered'],
    [['delivered', 'undelivered'], 'delivered'],
    [['undelivered', 'delivered'], 'undelivered'],
    [['failed', 'delivered'], 'failed'],
    [[null], 'sent'],
    [['delivered', null], 'delivered'],
  ])('with the receipts %j is %s', async (statuses, status) => {
    await send();
    const sent = await message();
    for (const reported of statuses) await apply([receipt(reported)]);
    const { providerStatus: _of, ...stored } = { ...await message() };
    const { providerStatus: _none, ...before } = { ...sent };
    const finalAt = status === 'sent' ? null : '11-23 17:01:00';
    expect(stored).toEqual({ ...before, status, finalAt });
  });

  it('stores the provider’s status, code and time of its receipt', async () => {
    await send();
    const at = '2026-11-23T16:00:20.000Z';
    expect(await apply([receipt('undelivered', { code: '405', at })]))
      .toEqual({ applied: 1, unknown: 0 });
    expect(await message()).toMatchObject({
      status: 'undelivered',
      providerStatus: 'UNDELIVERED',
      code: '405',
      finalAt: '11-23 17:01:00',
    });
    expect(await database.query('select provider_status_at from public.sms_messages')).toEqual([
      { provider_status_at: new Date(at) },
    ]);
  });

  it.each<Receipt['status']>(['sent', 'delivered', 'undelivered', 'failed', null])(
    'is not changed by a repeated receipt: %s',
    async (status) => {
      await send();
      expect(await apply([receipt(status)])).toEqual({ applied: 1, unknown: 0 });
      const before = await message();
      expect(await apply([receipt(status)], { now: monday('18:00') }))
        .toEqual({ applied: 0, unknown: 0 });
      expect(await message()).toEqual(before);
    },
  );

  it('stays a suspected duplicate when one of two SMS is delivered', async () => {
    const slow = await dispatch(database, monday('17:00'));
    await recoverAndExpire(database, monday('17:02'));
    const next = await dispatch(database, monday('17:02'));
    const accepted = { outcome: 'accepted', providerId: 'A1' };
    await settle(database, next, monday('17:02'), accepted);
    await settle(database, slow, monday('17:03'), { ...accepted, providerId: 'A2' });
    await apply([receipt('delivered')]);
    expect(await message()).toMatchObject({ status: 'delivered', reason: 'duplicate_suspected' });
  });
});

describe('a message that was given up', () => {
  const giveUp = (maybeSince: string | null) =>
    database.query(
      `update public.sms_messages set status = 'dead', reason = 'max_attempts', maybe_sent_since = $1,
         lease_token = null, lease_until = null, provider = 'smsapi', provider_message_id = 'A1',
         final_at = $2`,
      [maybeSince, monday('17:00')],
    );

  it('and may have been sent takes the receipt of its SMS', async () => {
    await giveUp(monday('17:00'));
    expect(await apply([receipt('delivered')])).toEqual({ applied: 1, unknown: 0 });
    expect(await message()).toMatchObject({ status: 'delivered', finalAt: '11-23 17:01:00' });
  });

  it.each<[string, string | null, Receipt['status']]>([
    ['and was never sent', null, 'delivered'],
    ['and may have been sent', monday('17:00'), null],
    ['and was never sent', null, null],
  ])('%s is not changed otherwise', async (_what, maybeSince, status) => {
    await giveUp(maybeSince);
    const before = await message();
    expect(await apply([receipt(status)])).toEqual({ applied: 0, unknown: 0 });
    expect(await message()).toEqual(before);
  });
});

describe('a receipt without a message', () => {
  const of = (overrides: Partial<Receipt>) => [receipt('delivered', overrides)];

  it.each<[string, () => Promise<unknown>]>([
    ['has an unknown provider id', () => apply(of({ providerMessageId: 'A2' }))],
    ['has an unknown message id', () => apply(of({ messageId: randomUUID() }))],
    ['has a malformed message id', () => apply(of({ messageId: `${scene.messageId}'--` }))],
    [
      'comes from another provider than the one that sent it',
      () => apply(of({ messageId: scene.messageId }), { provider: 'twilio' }),
    ],
  ])('%s: it is counted and changes nothing', async (_name, applyIt) => {
    await send({ outcome: 'accepted' });
    const before = await message();
    expect(await applyIt()).toEqual({ applied: 0, unknown: 1 });
    expect(await message()).toEqual(before);
  });

  it('may name a message that was not sent yet', async () => {
    await claimOne(database, monday('17:00'));
    expect(await apply(of({ messageId: scene.messageId }))).toEqual({ applied: 0, unknown: 1 });
    expect(await message()).toMatchObject({ status: 'leased' });
  });

  it('does not prevent other receipts of the same call', async () => {
    await send();
    const both = [...of({ providerMessageId: 'A2' }), receipt('delivered')];
    expect(await apply(both)).toEqual({ applied: 1, unknown: 1 });
    expect(await message()).toMatchObject({ status: 'delivered' });
  });
});
