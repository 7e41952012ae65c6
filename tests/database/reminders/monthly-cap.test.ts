import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  recoverAndExpire,
  settle,
} from '../support/outbox.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  forgetReminders,
  plan,
} from '../support/reminders.ts';
import { monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readMessage } from '../support/message-records.ts';
import { sendDue } from '../support/send-due.ts';

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

const cap = (segments: number) =>
  changeSettings(database, scene.salon.id, { monthly_cap: segments });

async function planAnother(start = tuesday('12:00'), at = monday('17:00')) {
  const client = await createRemindedClient(database, scene.salon.id, { name: 'Ewa' });
  await createAppointment(database, scene.salon.id, { client, start });
  await plan(database, at);
}

it('a message is sent only if its segments fit into the cap of the month', async () => {
  await cap(4);
  await planAnother();
  const [one, two] = await claim(database, monday('17:00'));
  if (!one || !two) throw new Error('fewer than two messages');
  expect(await beginDispatch(database, one, monday('17:00'), { segments: 3 })).toBe('go');
  expect(await beginDispatch(database, two, monday('17:00'), { segments: 2 })).toBe('cap');
  expect(await readMessage(database, two.message_id)).toMatchObject({
    status: 'skipped',
    reason: 'cap',
  });
});

it('concurrent dispatches do not exceed the cap', async () => {
  await cap(3);
  for (let more = 1; more < 8; more++) await planAnother();
  const claims = await claim(database, monday('17:00'));
  const verdicts = await Promise.all(
    claims.map((claimed) => beginDispatch(database, claimed, monday('17:00'))),
  );
  expect(verdicts.toSorted()).toEqual(['cap', 'cap', 'cap', 'cap', 'cap', 'go', 'go', 'go']);
});

it('the count starts again at midnight of the first of the month, in the salon’s zone', async () => {
  const lastMinute = '2026-11-30 23:59:30+01';
  await changeSettings(database, scene.salon.id, {
    monthly_cap: 1,
    quiet_from: '00:00',
    quiet_to: '00:00',
  });
  await planAnother('2026-12-01 10:00+01', lastMinute);
  await planAnother('2026-12-01 11:00+01', lastMinute);
  const [one, two] = await claim(database, lastMinute);
  if (!one || !two) throw new Error('fewer than two messages');
  expect(await beginDispatch(database, one, lastMinute)).toBe('go');
  expect(await beginDispatch(database, two, '2026-12-01 00:00+01')).toBe('go');
});

it('a refused message does not count', async () => {
  await cap(1);
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'permanent', code: '13' });
  await planAnother();
  await dispatch(database, monday('17:00'));
});

it('a message that may have been sent counts, except for its own retry', async () => {
  await cap(1);
  const claimed = await dispatch(database, monday('17:00'));
  await settle(database, claimed, monday('17:00'), { outcome: 'ambiguous', code: 'timeout' });
  await planAnother();
  const another = await claimOne(database, monday('17:01'));
  expect(await beginDispatch(database, another, monday('17:01'))).toBe('cap');
  await dispatch(database, monday('17:02'));
});

it('a message whose run died during dispatch counts', async () => {
  await cap(1);
  await dispatch(database, monday('17:00'));
  await recoverAndExpire(database, monday('17:02'));
  await planAnother();
  const [another] = await claim(database, monday('17:02'), { limit: 1 });
  if (!another) throw new Error('no message');
  expect(await beginDispatch(database, another, monday('17:02'))).toBe('cap');
  expect((await dispatch(database, monday('17:02'))).message_id).toBe(scene.messageId);
});

describe('in the next month', () => {
  const december = (clock: string) => `2026-12-01 ${clock}+01`;

  it('a message that the cap of the last one stopped is planned again', async () => {
    await cap(1);
    await dispatch(database, monday('17:00'));
    await planAnother(december('15:00'), '2026-11-30 17:00+01');
    expect(await sendDue(database, '2026-11-30 17:00+01')).toEqual(['cap']);
    expect(await plan(database, '2026-11-30 23:55+01')).toMatchObject({ planned: 0 });
    expect(await plan(database, december('00:00'))).toMatchObject({ planned: 1 });
    expect(await sendDue(database, december('08:00'))).toEqual(['go']);
  });

  it('a message that any other reason stopped is not', async () => {
    await planAnother(december('15:00'), '2026-11-30 17:00+01');
    await sendDue(database, '2026-11-30 17:00+01', { problem: 'too_long' });
    expect(await plan(database, december('00:00'))).toMatchObject({ planned: 0 });
  });
});

it('a run at another time counts the messages of that month', async () => {
  await cap(1);
  await planAnother('2027-06-16 10:00+02', '2027-06-15 17:00+02');
  await planAnother('2027-06-16 11:00+02', '2027-06-15 17:00+02');
  expect((await sendDue(database, '2027-06-15 17:00+02')).toSorted()).toEqual(['cap', 'go']);
});
