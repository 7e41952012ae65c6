import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import { sendDue } from '../support/send-due.ts';

const AT_10 = '2026-11-24 10:00+01';
const AT_12 = '2026-11-24 12:00+01';
const MONDAY_17 = '2026-11-23 17:00+01';
const AT_18 = '2026-11-23 18:00+01';
const LATER = '2026-11-23 19:00+01';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database, { username: 'psi-styl' });
  anna = await createRemindedClient(database, salon.id);
});
afterAll(() => database.drop());

const bookAppointment = () => createAppointment(database, salon.id, { client: anna, start: AT_10 });
const planAndSend = async (now: string) => {
  await plan(database, now);
  return await sendDue(database, now);
};

describe('an appointment that moves', () => {
  it('before its reminder was sent gets a reminder for its new time only', async () => {
    const id = await bookAppointment();
    await plan(database, MONDAY_17);
    await moveAppointment(database, id, AT_12, MONDAY_17);
    expect(await plan(database, AT_18)).toMatchObject({ planned: 1 });
    expect((await sendDue(database, AT_18)).toSorted()).toEqual(['event_gone', 'go']);
    expect(await messages(database)).toMatchObject([
      { status: 'cancelled', reason: 'event_gone', appointments: ['11-24 10:00'] },
      { status: 'sent', appointments: ['11-24 12:00'] },
    ]);
  });

  it('after its reminder was sent gets another one for its new time', async () => {
    const id = await bookAppointment();
    await planAndSend(MONDAY_17);
    await moveAppointment(database, id, AT_12, MONDAY_17);
    expect(await planAndSend(AT_18)).toEqual(['go']);
    expect(await messages(database)).toMatchObject([
      { status: 'sent', appointments: ['11-24 10:00'] },
      { status: 'sent', appointments: ['11-24 12:00'] },
    ]);
  });

  it('away and back before its reminder was sent gets one reminder', async () => {
    const id = await bookAppointment();
    await plan(database, MONDAY_17);
    await moveAppointment(database, id, AT_12, MONDAY_17);
    await plan(database, AT_18);
    await moveAppointment(database, id, AT_10, AT_18);
    await plan(database, LATER);
    expect((await sendDue(database, LATER)).toSorted()).toEqual(['event_gone', 'go']);
    expect(await planAndSend(LATER)).toEqual([]);
  });

  it('back to a time whose reminder was cancelled gets a reminder', async () => {
    const id = await bookAppointment();
    await plan(database, MONDAY_17);
    await moveAppointment(database, id, '2026-11-26 10:00+01', MONDAY_17);
    expect(await planAndSend(AT_18)).toEqual(['event_gone']);
    await moveAppointment(database, id, AT_10, AT_18);
    expect(await planAndSend(LATER)).toEqual(['go']);
    expect(await planAndSend(LATER)).toEqual([]);
  });

  it('away and back after its reminder was sent gets no second reminder', async () => {
    const id = await bookAppointment();
    await planAndSend(MONDAY_17);
    await moveAppointment(database, id, '2026-11-26 10:00+01', MONDAY_17);
    expect(await planAndSend(AT_18)).toEqual([]);
    await moveAppointment(database, id, AT_10, AT_18);
    expect(await planAndSend(LATER)).toEqual([]);
  });

  it('to another day gets its reminder on the day before', async () => {
    const id = await bookAppointment();
    await moveAppointment(database, id, '2026-11-26 10:00+01', '2026-11-23 12:00+01');
    expect(await plan(database, MONDAY_17)).toMatchObject({ planned: 0 });
    expect(await planAndSend('2026-11-25 17:00+01')).toEqual(['go']);
  });
});

it('an appointment cancelled before its reminder was sent gets no reminder', async () => {
  const id = await bookAppointment();
  await plan(database, MONDAY_17);
  await cancelAppointment(database, id);
  expect(await planAndSend(MONDAY_17)).toEqual(['event_gone']);
});

describe('a reschedule in Cal.com, which changes the uid', () => {
  const at = (startTime: string, endTime: string) => ({
    clientId: anna.id,
    startTime: `2026-11-24T${startTime}:00.000Z`,
    endTime: `2026-11-24T${endTime}:00.000Z`,
  });
  const booked = () => booking({ uid: 'old', ...at('09:00', '10:00') });
  const moved = () =>
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'new',
      rescheduleUid: 'old',
      occurredAt: '2026-11-20T10:00:00.000Z',
      ...at('11:00', '12:00'),
    });
  const paid = () => ({ ...moved(), trigger: 'BOOKING_PAID' as const, rescheduleUid: null });

  it('leads to one reminder, for the new time', async () => {
    await deliver(database, booked());
    await deliver(database, moved());
    expect(await planAndSend(MONDAY_17)).toEqual(['go']);
    expect(await messages(database)).toMatchObject([{ appointments: ['11-24 12:00'] }]);
  });

  it('that arrives late does not repeat the reminder for the new time', async () => {
    await database.query('update sms_settings set group_same_day = false');
    await deliver(database, booked());
    await deliver(database, paid());
    expect(await planAndSend(MONDAY_17)).toEqual(['go', 'go']);
    await deliver(database, moved());
    expect(await planAndSend(AT_18)).toEqual([]);
  });

  it('that arrives while two reminders are pending leads to one, for the new time', async () => {
    await deliver(database, booked());
    await deliver(database, paid());
    await plan(database, MONDAY_17);
    await deliver(database, moved());
    expect(await planAndSend(AT_18)).toEqual(['needs_rerender']);
    expect(await planAndSend(AT_18)).toEqual(['go']);
    expect(await messages(database)).toMatchObject([{ appointments: ['11-24 12:00'] }]);
  });
});
