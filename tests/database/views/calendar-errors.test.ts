import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Calendar, createCalendar } from '../../../shared/calendar/calendar.ts';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import type { Database } from '../../../shared/database.types.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createRemindingSalon } from '../support/reminders.ts';

let dashboard: Dashboard;
let salon: TestSalon;
let calendar: Calendar;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createRemindingSalon(dashboard.database);
  calendar = dashboard.calendarOf(salon.ownerId);
});
afterAll(() => dashboard.stop());

async function failure(call: Promise<unknown>): Promise<CalendarError> {
  const thrown = await call.then(() => null, (error: unknown) => error);
  if (thrown instanceof CalendarError) return thrown;
  throw new Error('the call did not fail as expected', { cause: thrown });
}

it('an expired token is an error, not an empty day', async () => {
  const expired = createCalendar(
    createClient<Database>(dashboard.api.url, dashboard.api.publishableKey, {
      accessToken: () => Promise.resolve('eyJhbGciOiJIUzI1NiJ9.e30.AAAA'),
    }),
  );
  expect(await failure(expired.getTodaysAppointmentsForCurrentUser()))
    .toMatchObject({ code: 'not_signed_in', nextStep: 'Sign in, then ask again.' });
});

it('an unreachable Data API is an error, not an empty day', async () => {
  const away = createCalendar(
    createClient<Database>('http://127.0.0.1:1', dashboard.api.publishableKey, {
      accessToken: () => dashboard.api.userToken(salon.ownerId),
      // The client would ask three more times, for seven seconds in all.
      db: { retry: false },
    }),
  );
  expect(await failure(away.getTodaysAppointmentsForCurrentUser()))
    .toMatchObject({ code: 'unreachable', message: expect.stringContaining('connection') });
});

it('a malformed id is an error', async () => {
  expect(await failure(calendar.getTodaysAppointments('salon')))
    .toMatchObject({ code: 'invalid_input', detail: '22P02' });
  expect(await failure(calendar.getUpcomingAppointmentsForPet('Reksio')))
    .toMatchObject({ code: 'invalid_input' });
});

it('an invalid date is an error', async () => {
  const [from, to] = [new Date('yesterday'), new Date()];
  expect(await failure(calendar.getAppointmentsInRange(salon.id, from, to)))
    .toMatchObject({ code: 'invalid_input' });
  expect(await failure(calendar.getDailyStats(salon.id, '24.13.2026', '2026-12-01')))
    .toMatchObject({ code: 'invalid_input' });
});

it('a setting that violates a constraint is an error that names it', async () => {
  expect(await failure(calendar.setSmsSettings(salon.id, { max_segments: 9 })))
    .toMatchObject({ code: 'refused', detail: 'sms_settings_max_segments_is_valid' });
});

it('a template with an unknown variable is an error that lists the variables', async () => {
  const refused = await failure(calendar.setSmsSettings(salon.id, { template: 'O {{hour}}' }));
  expect(refused.code).toBe('refused');
  expect(refused.nextStep).toContain('{{appointments}}');
});

it('changing one setting leaves the others', async () => {
  const before = await calendar.getSmsSettings(salon.id);
  const after = await calendar.setSmsSettings(salon.id, { send_at_local: '16:00' });
  expect(after).toEqual({
    ...before,
    send_at_local: '16:00:00',
    updated_at: expect.any(String),
  });
});

it('a salon without settings gets the defaults with its first change', async () => {
  const fresh = await createSalon(dashboard.database, { username: null });
  const itsCalendar = dashboard.calendarOf(fresh.ownerId);
  expect(await itsCalendar.getSmsSettings(fresh.id)).toBeNull();
  expect(await itsCalendar.setSmsSettings(fresh.id, { enabled: true }))
    .toMatchObject({ enabled: true, mode: 'day_before', send_at_local: '17:00:00' });
});
