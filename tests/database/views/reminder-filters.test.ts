import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  type RemindedClient,
} from '../support/reminders.ts';

let dashboard: Dashboard;
let calendar: Calendar;
let anna: RemindedClient;

beforeAll(async () => {
  dashboard = await startDashboard();
  const { database } = dashboard;
  const salon = await createRemindingSalon(database);
  calendar = dashboard.calendarOf(salon.ownerId);
  anna = await createRemindedClient(database, salon.id);
  const ewa = await createRemindedClient(database, salon.id, { name: 'Ewa' });
  for (const client of [anna, ewa]) {
    for (const start of ['2026-11-26 10:00+01', '2026-11-27 10:00+01']) {
      await createAppointment(database, salon.id, { client, start });
    }
    await database.query(
      `insert into public.sms_messages (salon_id, client_id, local_date, next_attempt_at, not_after,
         status)
       select $1, $2, day, now(), now(), 'sent'
       from unnest('{2026-11-20,2026-11-21}'::date[]) as day`,
      [salon.id, client.id],
    );
  }
});
afterAll(() => dashboard.stop());

const days = (of: { local_date: string; client: { name: string } | null }[]) =>
  of.map(({ local_date: day, client }) => `${day} ${client?.name}`).toSorted();

describe('the past reminders', () => {
  it('are those of some clients', async () => {
    expect(days(await calendar.getReminderLog({ clientIds: [anna.id] })))
      .toEqual(['2026-11-20 Anna', '2026-11-21 Anna']);
    expect(await calendar.getReminderLog({ clientIds: [] })).toEqual([]);
  });

  it('are those for the appointments of a day', async () => {
    expect(days(await calendar.getReminderLog({ localDate: '2026-11-20' })))
      .toEqual(['2026-11-20 Anna', '2026-11-20 Ewa']);
  });
});

describe('the upcoming reminders', () => {
  it('are those of some clients', async () => {
    expect(days(await calendar.getUpcomingReminders({ clientIds: [anna.id] })))
      .toEqual(['2026-11-26 Anna', '2026-11-27 Anna']);
  });

  it('are those for the appointments of a day', async () => {
    expect(days(await calendar.getUpcomingReminders({ localDate: '2026-11-26' })))
      .toEqual(['2026-11-26 Anna', '2026-11-26 Ewa']);
  });
});
