import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claim, claimOne, dispatch, recoverAndExpire } from '../support/outbox.ts';
import { cancelAppointment, forgetReminders, messages } from '../support/reminders.ts';
import { monday, planReminder, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

// Reasons for which the check before a POST postpones a message.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

it('a message is rendered again if one of its two appointments is cancelled', async () => {
  const scene = await planReminder(database, {
    appointments: [
      { start: tuesday('11:00'), pet: 'Reksio' },
      { start: tuesday('12:30'), pet: 'Burek' },
    ],
  });
  const claimed = await claimOne(database, monday('17:00'));
  await cancelAppointment(database, scene.appointmentIds[0] ?? '');
  expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('needs_rerender');
  const again = await dispatch(database, monday('17:00'));
  expect(again.appointments).toMatchObject([{ pet: 'Burek' }]);
  expect(await messages(database)).toMatchObject([{ appointments: ['11-24 12:30 Burek'] }]);
  expect(await readMessage(database, scene.messageId)).toMatchObject({ attempts: 1 });
  expect(await readAttempts(database, scene.messageId)).toHaveLength(1);
});

it('a message is rendered again for a corrected number', async () => {
  const scene = await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await database.query(`update public.clients set phone_number = '601 000 000' where id = $1`, [
    scene.anna.id,
  ]);
  expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('needs_rerender');
  const again = await claimOne(database, monday('17:00'));
  expect(again.phone).toBe('+48601000000');
  expect(await beginDispatch(database, again, monday('17:00'), { phone: '+48601000000' })).toBe(
    'go',
  );
  expect(await readMessage(database, scene.messageId)).toMatchObject({ phone: '+48601000000' });
});

it('a message is postponed until quiet hours end', async () => {
  const { messageId } = await planReminder(database);
  const claimed = await claimOne(database, monday('19:59:50'));
  expect(await beginDispatch(database, claimed, monday('20:00'))).toBe('quiet_hours');
  expect(await readMessage(database, messageId)).toMatchObject({
    status: 'pending',
    next: '11-24 08:00:00',
    attempts: 0,
  });
  await dispatch(database, tuesday('08:00'));
});

it('a message expires if quiet hours end after its deadline', async () => {
  const { messageId } = await planReminder(database, {
    appointments: [{ start: tuesday('09:30'), pet: 'Reksio' }],
  });
  await beginDispatch(database, await claimOne(database, monday('19:59:50')), monday('20:00'));
  expect(await claim(database, tuesday('08:00'))).toEqual([]);
  await recoverAndExpire(database, tuesday('08:00'));
  expect(await readMessage(database, messageId)).toMatchObject({ status: 'expired' });
});

it('a message is postponed while its provider is paused, without counting an attempt', async () => {
  const { messageId } = await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await database.query(
    `insert into public.sms_provider_state values ('smsapi', '${monday('17:15')}', '103')`,
  );
  expect(await beginDispatch(database, claimed, monday('17:00'))).toBe('paused');
  expect(await readMessage(database, messageId)).toMatchObject({
    status: 'pending',
    reason: 'paused',
    next: '11-23 17:15:00',
    attempts: 0,
  });
});
