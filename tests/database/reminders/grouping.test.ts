import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import { sendDue } from '../support/send-due.ts';

const MONDAY_17 = '2026-11-23 17:00+01';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek', 'Azor'] });
});
afterAll(() => database.drop());

/** An appointment of Anna's in November 2026; both times are local, such as `24 10:00`. */
const appointment = (pet: string, start: string, created?: string) =>
  createAppointment(database, salon.id, {
    client: anna,
    pet,
    start: `2026-11-${start}+01`,
    ...(created === undefined ? {} : { created: `2026-11-${created}+01` }),
  });
const appointmentsOfMessages = async () =>
  (await messages(database)).map(({ appointments }) => appointments);

it('the appointments of one client on one day share a message, ordered by start', async () => {
  await appointment('Burek', '24 11:30');
  await appointment('Reksio', '24 10:00');
  await appointment('Azor', '24 18:00');
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 1 });
  expect(await messages(database)).toMatchObject([{
    appointments: ['11-24 10:00 Reksio', '11-24 11:30 Burek', '11-24 18:00 Azor'],
    notAfter: '11-24 08:00',
  }]);
});

it('two pets at the same time are two appointments of one message', async () => {
  await appointment('Reksio', '24 10:00');
  await appointment('Burek', '24 10:00');
  await plan(database, MONDAY_17);
  expect(await appointmentsOfMessages()).toEqual([['11-24 10:00 Burek', '11-24 10:00 Reksio']]);
});

it('appointments of different days have a message each', async () => {
  await appointment('Reksio', '24 10:00');
  await appointment('Burek', '25 10:00');
  await plan(database, MONDAY_17);
  await plan(database, '2026-11-24 17:00+01');
  expect(await appointmentsOfMessages()).toEqual([['11-24 10:00 Reksio'], ['11-25 10:00 Burek']]);
});

it('a salon that does not group sends one message for each appointment', async () => {
  await changeSettings(database, salon.id, { group_same_day: false });
  await appointment('Reksio', '24 10:00');
  await appointment('Burek', '24 11:30');
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 2 });
  expect(await messages(database)).toMatchObject([
    { appointments: ['11-24 10:00 Reksio'], notAfter: '11-24 08:00' },
    { appointments: ['11-24 11:30 Burek'], notAfter: '11-24 09:30' },
  ]);
});

it('two clients who share a phone get a message each', async () => {
  const jan = await createRemindedClient(database, salon.id, { name: 'Jan' });
  await appointment('Reksio', '24 10:00');
  await createAppointment(database, salon.id, { client: jan, start: '2026-11-24 10:00+01' });
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 2 });
  expect(await messages(database)).toMatchObject([{ client: 'Anna' }, { client: 'Jan' }]);
});

it('a client of two salons gets a message from each', async () => {
  const other = await createRemindingSalon(database, { name: 'Psi Raj' });
  const there = await createRemindedClient(database, other.id);
  await appointment('Reksio', '24 10:00');
  await createAppointment(database, other.id, { client: there, start: '2026-11-24 12:00+01' });
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([
    { salon: 'Psia Łapa', appointments: ['11-24 10:00 Reksio'] },
    { salon: 'Psi Raj', appointments: ['11-24 12:00'] },
  ]);
});

it('a second pet booked within the settling time joins the message', async () => {
  await appointment('Reksio', '24 10:00', '23 18:00');
  await appointment('Burek', '24 11:30', '23 18:08');
  expect(await plan(database, '2026-11-23 18:11+01')).toMatchObject({ planned: 0 });
  expect(await plan(database, '2026-11-23 18:18+01')).toMatchObject({ planned: 1 });
  expect(await appointmentsOfMessages()).toEqual([['11-24 10:00 Reksio', '11-24 11:30 Burek']]);
});

it('a second pet booked after the message was sent gets a message of its own', async () => {
  await appointment('Reksio', '24 10:00');
  await plan(database, MONDAY_17);
  expect(await sendDue(database, MONDAY_17)).toEqual(['go']);
  await appointment('Burek', '24 11:30', '23 18:00');
  expect(await plan(database, '2026-11-23 18:10+01')).toMatchObject({ planned: 1 });
  expect(await messages(database)).toMatchObject([
    { status: 'sent', appointments: ['11-24 10:00 Reksio'] },
    { status: 'pending', appointments: ['11-24 11:30 Burek'] },
  ]);
});

it('an appointment booked on its own day is not part of a message about others', async () => {
  await appointment('Reksio', '24 15:00');
  await appointment('Burek', '24 16:00', '24 08:00');
  await plan(database, '2026-11-24 08:30+01');
  expect(await appointmentsOfMessages()).toEqual([['11-24 15:00 Reksio']]);
});

it('in the mode hours_before, a message covers the later appointments of the day too', async () => {
  await changeSettings(database, salon.id, { mode: 'hours_before' });
  await appointment('Reksio', '24 10:00');
  await appointment('Burek', '24 23:59');
  await appointment('Azor', '25 00:00');
  expect(await plan(database, '2026-11-23 09:59+01')).toMatchObject({ planned: 0 });
  expect(await plan(database, '2026-11-23 10:00+01')).toMatchObject({ planned: 1 });
  expect(await appointmentsOfMessages()).toEqual([['11-24 10:00 Reksio', '11-24 23:59 Burek']]);
});

it('appointments without a client are never grouped', async () => {
  await createAppointment(database, salon.id, { start: '2026-11-24 10:00+01' });
  await createAppointment(database, salon.id, { start: '2026-11-24 11:00+01' });
  expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 0, skipped: 2 });
  expect(await appointmentsOfMessages()).toEqual([['11-24 10:00'], ['11-24 11:00']]);
});
