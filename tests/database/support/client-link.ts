import type { ClientView } from '../../../shared/client-link/answers.ts';
import type { TestDatabase } from '../../support/database.ts';
import { beginDispatch, claimOne, settle } from './outbox.ts';
import { monday, planReminder, type Scene } from './scene.ts';

/** A reminder that was sent, and the token of the link in it. */
export type SentLink = Scene & { token: string };

/** Sends a reminder with a link on Monday at 17:00, of an appointment on Tuesday unless told. */
export async function sendLink(
  database: TestDatabase,
  options: Parameters<typeof planReminder>[1] = {},
): Promise<SentLink> {
  const scene = await planReminder(database, options);
  const claimed = await claimOne(database, monday('17:00'));
  await beginDispatch(database, claimed, monday('17:00'), { body: 'https://salon.example/c/#…' });
  await settle(database, claimed, monday('17:00:01'), { outcome: 'accepted' });
  return { ...scene, token: claimed.link_token };
}

/** What the page shows at a moment. */
export async function showLink(
  database: TestDatabase,
  token: string,
  now: string,
): Promise<ClientView | null> {
  return await asPageAt(database, now, 'select public.client_link_show($1) as value', [token]);
}

/** Answers an appointment at a moment, at the start that it has then unless told. */
export async function respondByLink(
  database: TestDatabase,
  { token, eventId = '', response, start }: {
    token: string;
    eventId: string | undefined;
    response: string;
    start?: string;
  },
  now: string,
): Promise<string> {
  return await asPageAt(
    database,
    now,
    `select answer as value from public.client_link_respond($1, $2, coalesce($3, (
       select e.start_time from public.calendar_events e where e.id = $2)), $4)`,
    [token, eventId, start ?? null, response],
  );
}

/** The answers that are stored, in order of the appointments. */
export async function readResponses(database: TestDatabase): Promise<(string | null)[]> {
  const rows = await database.query<{ response: string | null }>(
    'select client_response as response from public.calendar_events order by start_time',
  );
  return rows.map(({ response }) => response);
}

async function asPageAt<Value>(
  database: TestDatabase,
  now: string,
  query: string,
  values: unknown[],
): Promise<Value> {
  return await database.as('service_role', null, async (client) => {
    await client.query(`select set_config('barkbook.app_now', $1, true)`, [now]);
    const { rows: [row] } = await client.query<{ value: Value }>(query, values);
    if (row === undefined) throw new Error('no row');
    return row.value;
  });
}
