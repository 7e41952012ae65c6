import type { TestDatabase } from '../../support/database.ts';

/** A request that an alert made, as pg_net has queued it. */
export type QueuedAlert = {
  id: string;
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
};

/** The requests of one run of the job, which are thereby taken out of the queue. */
export async function runAlerts(database: TestDatabase): Promise<QueuedAlert[]> {
  await database.query('select private.send_alerts()');
  return await database.query<QueuedAlert>(
    `with taken as (delete from net.http_request_queue returning *)
     select id::text, url, headers, convert_from(body, 'UTF8')::jsonb as body
     from taken order by id`,
  );
}

/** Lets pg_net have an answer to each request. */
export async function answerAlerts(
  database: TestDatabase,
  requests: readonly QueuedAlert[],
  status: number | null = 200,
): Promise<void> {
  for (const { id } of requests) {
    await database.query(
      `insert into net._http_response (id, status_code, timed_out, error_msg)
       values ($1, $2, $2::integer is null, case when $2::integer is null then 'Timeout was reached' end)`,
      [id, status],
    );
  }
}

/** Lets time pass for everything that alerts remember. */
export async function passAlertTime(database: TestDatabase, minutes: number): Promise<void> {
  await database.query(
    `update private.alerts set
       began_at = began_at - make_interval(mins => $1),
       seen_at = seen_at - make_interval(mins => $1),
       ended_at = ended_at - make_interval(mins => $1),
       began_told_at = began_told_at - make_interval(mins => $1),
       ended_told_at = ended_told_at - make_interval(mins => $1),
       requested_at = requested_at - make_interval(mins => $1)`,
    [minutes],
  );
}

/** The lines of a message, without their times. */
export function linesOf({ body }: QueuedAlert): string[] {
  const text = String(body.text ?? body.content ?? body.message);
  return text.split('\n').map((line) => line.replace(/ \([\d :-]+(to [\d :-]+)?UTC\)$/, ''));
}
