import { sync as ical, type VEvent } from 'node-ical';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startFunction, type TestFunction } from '../../support/functions.ts';

/** `calendar-feed` in its own process, on a database of its own. */
export type CalendarFeed = {
  api: TestApi;
  database: TestDatabase;
  running: TestFunction;
  /** Asks for what is below the function. */
  request(path: string, init?: RequestInit): Promise<Response>;
  output(): string;
  stop(): Promise<void>;
};

/** Starts the function. */
export async function startFeed(
  env: Record<string, string | undefined> = {},
): Promise<CalendarFeed> {
  const database = await createTestDatabase();
  const api = await startApi(database);
  const running = await startFunction('calendar-feed', api, env);
  return {
    api,
    database,
    running,
    request: (path, init = {}) => fetch(running.url + path, init),
    output: () => running.stdout() + running.stderr(),
    stop: async () => {
      await running.stop();
      await api.stop();
      await database.drop();
    },
  };
}

/** A new secret for the feed of a salon, as its owner gets it. */
export async function rotateToken(
  database: TestDatabase,
  { id, ownerId }: { id: string; ownerId: string },
): Promise<string> {
  return await database.as('authenticated', ownerId, async (client) => {
    const { rows } = await client.query<{ token: string }>(
      'select public.rotate_calendar_feed_token($1) as token',
      [id],
    );
    return rows[0]?.token ?? '';
  });
}

/** The events of a calendar as a library reads it that had no part in writing it. */
export function readEvents(text: string): VEvent[] {
  return Object.values(ical.parseICS(text)).filter((part): part is VEvent =>
    part?.type === 'VEVENT'
  );
}
