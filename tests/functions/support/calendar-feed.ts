import { sync as ical, type VEvent } from 'node-ical';
import type { TestDatabase } from '../../support/database.ts';
import { type Env, type FunctionStack, startFunctionStack } from './function-stack.ts';

/** Starts the function. */
export async function startFeed(env: Env = {}): Promise<FunctionStack> {
  return await startFunctionStack('calendar-feed', env);
}

/** Creates a new token for the feed of a salon, as its owner does. */
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

/** The events of a calendar, parsed by another library than the one that writes it. */
export function readEvents(text: string): VEvent[] {
  return Object.values(ical.parseICS(text)).filter((part): part is VEvent =>
    part?.type === 'VEVENT'
  );
}
