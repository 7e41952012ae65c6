import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SeenAttendance } from '../../../shared/calendar/actions.ts';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createAppointment } from '../support/reminders.ts';
import { createSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let dashboard: Dashboard;
let calendar: Calendar;
let seen: SeenAttendance;

beforeAll(async () => {
  dashboard = await startDashboard();
});
beforeEach(async () => {
  await dashboard.database.query('delete from public.salons');
  const salon = await createSalon(dashboard.database, { username: null });
  const id = await createAppointment(dashboard.database, salon.id, {
    start: '2026-11-24 09:00+01',
  });
  calendar = dashboard.calendarOf(salon.ownerId);
  const read = await calendar.getAppointment(id);
  if (read === null) throw new Error('no appointment');
  seen = read;
});
afterEach(closeSessions);
afterAll(() => dashboard.stop());

const attendance = async () => (await calendar.getAppointment(seen.id))?.attendance;
const CHANGED = { code: 'refused', detail: 'attendance_changed' };

it('who came is said, changed and taken back', async () => {
  await calendar.setAttendance(seen, 'completed');
  await calendar.setAttendance({ ...seen, attendance: 'completed' }, 'no_show');
  expect(await attendance()).toBe('no_show');
  await calendar.setAttendance({ ...seen, attendance: 'no_show' }, null);
  expect(await attendance()).toBeNull();
});

it('what a colleague says at the same time is not overwritten', async () => {
  const colleague = await openSession(dashboard.database);
  await colleague.query(`update public.calendar_events set attendance = 'completed'`);
  const said = calendar.setAttendance(seen, 'no_show').catch((error: unknown) => error);
  await expect.poll(() =>
    dashboard.database.query(`select from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`)
  ).toHaveLength(1);
  await colleague.commit();
  expect(await said).toMatchObject(CHANGED);
  expect(await attendance()).toBe('completed');
});

it('nothing is said about an appointment that moved meanwhile', async () => {
  await dashboard.database.query(
    `update public.calendar_events
     set start_time = start_time + interval '1 week', end_time = end_time + interval '1 week'`,
  );
  await expect(calendar.setAttendance(seen, 'completed')).rejects.toMatchObject(CHANGED);
  expect(await attendance()).toBeNull();
});
