import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { begin, claim, claimOne, dispatch, sweep } from '../support/outbox.ts';
import { cancelAppointment, forgetReminders, messages } from '../support/reminders.ts';
import { monday, planReminder, tuesday } from '../support/scene.ts';
import { attempts, stored } from '../support/stored-messages.ts';

// What the last look before a POST may find that puts the message off.
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

it('when one of two appointments is cancelled, the text is written anew, of the other one', async () => {
  const scene = await planReminder(database, {
    appointments: [
      { start: tuesday('11:00'), pet: 'Reksio' },
      { start: tuesday('12:30'), pet: 'Burek' },
    ],
  });
  const claimed = await claimOne(database, monday('17:00'));
  await cancelAppointment(database, scene.appointmentIds[0] ?? '');
  expect(await begin(database, claimed, monday('17:00'))).toBe('needs_rerender');
  const again = await dispatch(database, monday('17:00'));
  expect(again.appointments).toMatchObject([{ pet: 'Burek' }]);
  expect(await messages(database)).toMatchObject([{ appointments: ['11-24 12:30 Burek'] }]);
  expect(await stored(database, scene.messageId)).toMatchObject({ attempts: 1 });
  expect(await attempts(database, scene.messageId)).toHaveLength(1);
});

it('when the number is corrected, the text goes to the new one', async () => {
  const scene = await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await database.query(`update public.clients set phone_number = '601 000 000' where id = $1`, [
    scene.anna.id,
  ]);
  expect(await begin(database, claimed, monday('17:00'))).toBe('needs_rerender');
  const again = await claimOne(database, monday('17:00'));
  expect(again.phone_number).toBe('601 000 000');
  expect(await begin(database, again, monday('17:00'), { phone: '+48601000000' })).toBe('go');
  expect(await stored(database, scene.messageId)).toMatchObject({ phone: '+48601000000' });
});

it('when quiet hours begin, a message waits for their end', async () => {
  const { messageId } = await planReminder(database);
  const claimed = await claimOne(database, monday('19:59:50'));
  expect(await begin(database, claimed, monday('20:00'))).toBe('quiet_hours');
  expect(await stored(database, messageId)).toMatchObject({
    status: 'pending',
    next: '11-24 08:00:00',
    attempts: 0,
  });
  await dispatch(database, tuesday('08:00'));
});

it('when quiet hours end too late for the appointment, the message is never sent', async () => {
  const { messageId } = await planReminder(database, {
    appointments: [{ start: tuesday('09:30'), pet: 'Reksio' }],
  });
  await begin(database, await claimOne(database, monday('19:59:50')), monday('20:00'));
  expect(await claim(database, tuesday('08:00'))).toEqual([]);
  await sweep(database, tuesday('08:00'));
  expect(await stored(database, messageId)).toMatchObject({ status: 'expired' });
});

it('when the gateway pauses, a message waits, and the attempt does not count', async () => {
  const { messageId } = await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await database.query(
    `insert into public.sms_provider_state values ('smsapi', '${monday('17:15')}', '103')`,
  );
  expect(await begin(database, claimed, monday('17:00'))).toBe('paused');
  expect(await stored(database, messageId)).toMatchObject({
    status: 'pending',
    reason: 'paused',
    next: '11-23 17:15:00',
    attempts: 0,
  });
});
