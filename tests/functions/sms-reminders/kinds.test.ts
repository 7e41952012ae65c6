import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAt } from '../../database/support/app-clock.ts';
import { enableTexts } from '../../database/support/notices.ts';
import {
  at,
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  moveAppointment,
  type RemindedClient,
} from '../../database/support/reminders.ts';
import { monday, tuesday } from '../../database/support/scene.ts';
import type { TestSalon } from '../../database/support/salons.ts';
import { type SmsapiServer, startSmsapiServer } from '../../support/smsapi-server.ts';
import { type Reminders, smsapiEnv, startReminders } from '../support/sms-reminders.ts';

// One appointment, from its booking to its cancellation, with a text of every kind.

let provider: SmsapiServer;
let reminders: Reminders;
let salon: TestSalon;
let anna: RemindedClient;
let id: string;

beforeAll(async () => {
  provider = await startSmsapiServer();
  reminders = await startReminders({
    ...smsapiEnv(provider),
    SMS_CALLBACK_PUBLIC_URL: undefined,
  });
  const { database } = reminders;
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id);
  await enableTexts(database, salon.id, ['second_reminder', 'booked', 'moved', 'cancelled']);
  id = await createAppointment(database, salon.id, {
    client: anna,
    pet: 'Reksio',
    start: tuesday('12:00'),
    created: monday('10:00'),
  });
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});

/** Runs the job at a time; returns the texts that the provider got. */
async function sentAt(now: string): Promise<(string | null)[]> {
  const before = provider.received.length;
  const run = await reminders.run({ at: new Date(now).toISOString() });
  expect(run.error).toBeNull();
  return provider.received.slice(before).map((form) => form.get('message'));
}

test('a booking', async () => {
  expect(await sentAt(monday('10:15')))
    .toEqual(['Umowiono wizyte: wtorek, 24.11, 12:00 (Reksio). Psia Lapa']);
});

test('a test SMS', async () => {
  await readAt(
    reminders.database,
    salon,
    monday('11:00'),
    `select public.send_test_sms('${salon.id}', '600 100 300')`,
  );
  expect(await sentAt(monday('11:00')))
    .toEqual(['Przypominamy o wizycie jutro (wtorek, 24.11) o 10:00 (Reksio). Psia Lapa']);
  expect(provider.received.at(-1)?.get('to')).toBe('48600100300');
});

test('a dry run shows the kind', async () => {
  const { body } = await reminders.call({
    dryRun: true,
    at: new Date(monday('17:00')).toISOString(),
  });
  expect(body).toMatchObject({ reminders: [{ kind: 'reminder', client: 'Anna' }] });
});

test('the reminder', async () => {
  expect(await sentAt(monday('17:00')))
    .toEqual(['Przypominamy o wizycie jutro (wtorek, 24.11) o 12:00 (Reksio). Psia Lapa']);
});

test('the answer to NIE', async () => {
  await at(
    reminders.database,
    monday('17:20'),
    `select private.sms_queue_notice($1, 'answer')`,
    [id],
  );
  expect(await sentAt(monday('17:20'))).toEqual([expect.stringContaining('Odwolanie lub zmiana')]);
});

test('the second reminder', async () => {
  expect(await sentAt(tuesday('10:00')))
    .toEqual(['Przypominamy o wizycie dzisiaj (wtorek, 24.11) o 12:00 (Reksio). Psia Lapa']);
});

test('a move', async () => {
  await moveAppointment(reminders.database, id, '2026-11-26 15:00+01', tuesday('10:30'));
  expect(await sentAt(tuesday('10:40')))
    .toEqual(['Nowy termin wizyty: czwartek, 26.11, 15:00 (Reksio). Psia Lapa']);
});

test('the cancellation by the salon', async () => {
  await cancelAppointment(reminders.database, id, {
    bySalon: true,
    cancelledAt: tuesday('11:00'),
  });
  expect(await sentAt(tuesday('11:10'))).toEqual([
    'Niestety musielismy odwolac wizyte: czwartek, 26.11, 15:00 (Reksio). Psia Lapa',
  ]);
  expect(await sentAt('2026-11-25 17:00+01')).toEqual([]);
});
