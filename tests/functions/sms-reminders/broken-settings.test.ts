import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import { createDueReminders, type Reminders, startReminders } from '../support/sms-reminders.ts';

let reminders: Reminders;
let broken: string;

beforeAll(async () => {
  reminders = await startReminders();
  // As if an update of Postgres dropped a zone, and a restored backup had an older template.
  await reminders.database.query(
    `alter table public.salons drop constraint salons_timezone_is_valid;
     alter table public.sms_settings disable trigger check_sms_template`,
  );
});
afterAll(() => reminders.stop());
beforeEach(async () => {
  await forgetReminders(reminders.database);
  broken = (await createDueReminders(reminders.database)).salonId;
  await createDueReminders(reminders.database);
  await createDueReminders(reminders.database);
});

async function messagesBySalon(): Promise<unknown[]> {
  return await reminders.database.query(
    `select salon_id = $1 as broken, status, reason from public.sms_messages
     order by 1, created_at`,
    [broken],
  );
}

const SENT = { broken: false, status: 'sent', reason: null };

test('a salon with an unknown time zone is skipped with a reason, the others are served', async () => {
  await reminders.database.query(
    `update public.salons set timezone = 'Europe/Warszawa' where id = $1`,
    [broken],
  );
  expect(await reminders.run())
    .toMatchObject({ error: null, counts: { planned: 2, broken: 1, sent: 2 } });
  expect(await messagesBySalon()).toEqual([SENT, SENT]);
  expect(
    await reminders.database.query(
      'select salon_id = $1 as broken, problem from public.sms_settings where problem is not null',
      [broken],
    ),
  ).toEqual([{ broken: true, problem: '22023' }]);
});

test('a zone that becomes unknown after planning prevents only its own message', async () => {
  const held = reminders.gate.hold('sms_claim', 'call');
  const run = reminders.run();
  await held.reached;
  await reminders.database.query(
    `update public.salons set timezone = 'Europe/Warszawa' where id = $1`,
    [broken],
  );
  held.release();
  expect(await run).toMatchObject({ counts: { claimed: 3, sent: 2, retried: 1 } });
  expect(await messagesBySalon())
    .toMatchObject([SENT, SENT, { broken: true, status: 'pending' }]);
});

test('a template with an unknown variable skips its message, the others are sent', async () => {
  await reminders.database.query(
    `update public.sms_settings set template = 'Wizyta {{foo}}' where salon_id = $1`,
    [broken],
  );
  expect(await reminders.run()).toMatchObject({ error: null, counts: { sent: 2, dropped: 1 } });
  expect(await messagesBySalon())
    .toEqual([SENT, SENT, { broken: true, status: 'skipped', reason: 'template' }]);
});
