import { readFile } from 'node:fs/promises';
import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase } from './server.ts';

const MINIMAL = new URL('minimal.sql', import.meta.url);

/** As many rows as the tables that it is compared with. */
const FILL = `
  insert into minimal.calendar_events (cal_com_event_id, salon_id, client_id, title, start_time,
    end_time, duration_minutes, status, attendee_email)
  select cal_com_event_id, salon_id, client_id, title, start_time, end_time, duration_minutes,
    status, attendee_email
  from public.calendar_events;
  insert into minimal.webhook_logs (salon_id, webhook_type, payload, status, cal_com_event_id)
  select salon_id, webhook_type, payload, status, cal_com_event_id from public.webhook_logs;
  analyze minimal.calendar_events, minimal.webhook_logs`;

/** Creates the minimal function and its tables in a schema of their own. */
export async function createMinimalRpc(database: BenchDatabase): Promise<void> {
  await withClient(database.url('postgres'), async (client) => {
    await client.query(await readFile(MINIMAL, 'utf8'));
    await client.query(FILL);
  });
}

/** Puts the minimal function in the place of the real one, so that the Data API calls it. */
export async function replaceRpcByMinimal(database: BenchDatabase): Promise<void> {
  await createMinimalRpc(database);
  await withClient(database.url('postgres'), (client) =>
    client.query(
      `drop function public.upsert_calendar_event;
       alter function minimal.upsert_calendar_event set schema public`,
    ));
}
