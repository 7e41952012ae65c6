import { createClient } from '@supabase/supabase-js';
import { type Calendar, createCalendar } from '../../../shared/calendar/calendar.ts';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import type { Database } from '../../../shared/database.types.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { stopClock } from './app-clock.ts';

/** A real Data API over a database whose app clock is stopped. */
export interface Dashboard {
  api: TestApi;
  database: TestDatabase;
  /** The client in a member's browser; null: without a user. */
  calendarOf(userId: string | null): Calendar;
  /** The client of supabase-js behind it. */
  clientOf(userId: string | null): CalendarClient;
  /** The client on a server with the secret key. */
  calendarOfServer(): Calendar;
  stop(): Promise<void>;
}

/** Tuesday, 24 November 2026, noon in Warsaw. */
export const NOON = '2026-11-24 12:00+01';

/** Starts the Data API, with the clock at noon of that Tuesday unless told. */
export async function startDashboard(moment = NOON): Promise<Dashboard> {
  const database = await createTestDatabase();
  await stopClock(database, moment);
  const api = await startApi(database);
  const clientOf = (userId: string | null) =>
    createClient<Database>(
      api.url,
      api.publishableKey,
      userId === null ? {} : { accessToken: () => api.userToken(userId) },
    );
  return {
    api,
    database,
    calendarOf: (userId) => createCalendar(clientOf(userId)),
    clientOf,
    calendarOfServer: () => createCalendar(createClient<Database>(api.url, api.secretKey)),
    stop: async () => {
      await api.stop();
      await database.drop();
    },
  };
}
