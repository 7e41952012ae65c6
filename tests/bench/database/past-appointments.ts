import type { ClientBase } from 'pg';
import { withClient } from '../../../local/postgres/client.ts';
import { SUPERUSER } from '../../../local/postgres/logins.ts';
import type { Booker } from './bookers.ts';
import type { BenchDatabase } from './server.ts';

/** Appointment number n: its ids are hashes, distributed over the indexes like those of Cal.com. */
const APPOINTMENTS = `
  select 'past-' || left(md5('uid ' || n), 20) as uid, md5('event ' || n)::uuid as event_id,
    c.salon_id, c.id as client_id, c.email, now() - n * interval '1 minute' as start_time
  from generate_series(1, $1::integer) n
  join unnest($2::uuid[]) with ordinality as booker (client_id, number)
    on booker.number - 1 = n % cardinality($2::uuid[])
  join public.clients c on c.id = booker.client_id`;

const INSERTS: [table: string, statement: string][] = [
  [
    'calendar_events',
    `insert into public.calendar_events (id, cal_com_event_id, salon_id, client_id, link_source,
     title, start_time, end_time, duration_minutes, status, attendee_email, last_event_at,
     fold_state)
   select event_id, uid, salon_id, client_id, 'metadata', 'Strzyżenie', start_time,
     start_time + interval '1 hour', 60, 'completed', email, start_time,
     '{"claims": []}'
   from (${APPOINTMENTS}) appointment`,
  ],
  [
    'calendar_event_uids',
    `insert into public.calendar_event_uids (booking_uid, event_id)
   select uid, event_id from (${APPOINTMENTS}) appointment`,
  ],
  // Without the body, which is never read again and would take minutes to write.
  [
    'webhook_logs',
    `insert into public.webhook_logs (delivery_key, salon_id, webhook_type, payload, booking,
     booking_uid, seat_id, occurred_at, created_at, status, action, processed_at)
   select encode(sha256(uid::bytea), 'hex'), salon_id, 'BOOKING_CREATED', '{}',
     jsonb_build_object('uid', uid, 'trigger', 'BOOKING_CREATED', 'startTime', start_time),
     uid, '', start_time, start_time, 'success', 'applied', start_time
   from (${APPOINTMENTS}) appointment`,
  ],
];

/** Adds past appointments of the bookers and their deliveries. */
export async function createPastAppointments(
  database: BenchDatabase,
  count: number,
  bookers: readonly Booker[],
): Promise<void> {
  const clientIds = bookers.map(({ clientId }) => clientId);
  await Promise.all(
    INSERTS.map(([table, statement]) =>
      withClient(database.url(SUPERUSER), async (client) => {
        // The rows are consistent, so triggers and foreign keys are not needed.
        await client.query(
          "set session_replication_role = replica; set maintenance_work_mem = '1GB'",
        );
        const createAgain = await dropIndexes(client, table);
        await client.query(statement, [count, clientIds]);
        await client.query(createAgain);
        await client.query(`vacuum analyze public.${table}`);
      })
    ),
  );
}

/** Drops indexes, since building them later is faster. Returns the statements that build them. */
async function dropIndexes(client: ClientBase, table: string): Promise<string> {
  const { rows } = await client.query<{ drop: string; create: string }>(
    `select 'drop index ' || i.indexrelid::regclass as drop,
       pg_get_indexdef(i.indexrelid) as create
     from pg_index i
     where i.indrelid = ('public.' || $1)::regclass
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  );
  await client.query(rows.map((index) => index.drop).join(';'));
  return rows.map((index) => index.create).join(';');
}
