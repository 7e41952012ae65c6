import { signBody } from '../../../shared/calcom/signature.ts';
import type { Enums } from '../../../shared/database.types.ts';
import type { WebhookAnswer } from '../../../supabase/functions/calcom-webhook/answer.ts';
import {
  FIXTURE_SECRET,
  type FixtureDelivery,
  readWorld,
} from '../../fixtures/calcom/deliveries.ts';
import type { TestDatabase } from '../../support/database.ts';
import {
  type Env,
  type FunctionStack,
  type Reply as AnyReply,
  startFunctionStack,
} from './function-stack.ts';

/** An answer of the function. */
export type Reply = AnyReply<WebhookAnswer>;

/** `calcom-webhook` in its own process, on a database of its own. */
export type Webhook = Omit<FunctionStack, 'request' | 'fetch' | 'gate'> & {
  /** Sends any request to the function. */
  request(init: RequestInit, query?: string): Promise<Reply>;
  /** Sends a body with a valid signature. */
  send(body: string | object, headers?: Record<string, string>): Promise<Reply>;
  /** Sends a body to the address of a salon's own webhook, signed with this secret. */
  sendOf(salonId: string, secret: string, body: string | object): Promise<Reply>;
  /** Sends a delivery of the fixtures unchanged. */
  deliver(delivery: FixtureDelivery): Promise<Reply>;
};

const webhookEnv = (env: Env): Env => ({
  CALCOM_WEBHOOK_SECRET: FIXTURE_SECRET,
  CALCOM_WEBHOOK_RATE_LIMIT: '100000',
  ...env,
});

/** Starts the function with the fixtures' secret and no rate limit, unless `env` says otherwise. */
export async function startWebhook(env: Env = {}): Promise<Webhook> {
  const stack = await startFunctionStack('calcom-webhook', webhookEnv(env));
  const { api, database, output, restart, stop } = stack;

  const request = (init: RequestInit, query?: string): Promise<Reply> => stack.request(init, query);
  const post = async (
    body: string | object,
    secret: string,
    { headers = {}, query = '' }: { headers?: Record<string, string>; query?: string },
  ): Promise<Reply> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const signature = await signBody(new TextEncoder().encode(text), secret);
    const signed = { 'content-type': 'application/json', 'x-cal-signature-256': signature };
    return await request({ method: 'POST', body: text, headers: { ...signed, ...headers } }, query);
  };
  return {
    api,
    database,
    output,
    restart,
    reconfigure: (env) => stack.reconfigure(webhookEnv(env)),
    stop,
    get running() {
      return stack.running;
    },
    request,
    send: (body, headers = {}) => post(body, FIXTURE_SECRET, { headers }),
    sendOf: (salonId, secret, body) =>
      post(body, secret, { query: `?salon=${encodeURIComponent(salonId)}` }),
    deliver: ({ headers, text }) => request({ method: 'POST', body: text, headers }),
  };
}

/** Inserts the salons, clients and pets of the fixtures. */
export async function loadWorld(database: TestDatabase): Promise<void> {
  await database.query(
    `with salon as (
       select gen_random_uuid() as id, s ->> 'name' as name, s ->> 'timezone' as timezone,
         s ->> 'cal_com_username' as cal_com_username, s -> 'clients' as clients
       from jsonb_array_elements($1::jsonb) s
     ), new_salon as (
       insert into public.salons (id, name, timezone, cal_com_username)
       select id, name, timezone, cal_com_username from salon
     ), client as (
       select s.id as salon_id, c.* from salon s
       cross join jsonb_to_recordset(s.clients)
         as c (id uuid, name text, surname text, email text, phone_number text, pet jsonb)
     ), new_client as (
       insert into public.clients (id, salon_id, name, surname, email, phone_number)
       select id, salon_id, name, surname, email, phone_number from client
     ), new_pet as (
       insert into public.pets (id, salon_id, name)
       select (pet ->> 'id')::uuid, salon_id, pet ->> 'name' from client
     )
     insert into public.client_pets (client_id, pet_id)
     select id, (pet ->> 'id')::uuid from client`,
    [JSON.stringify(readWorld())],
  );
}

/** The id of the salon of the fixtures with this username. */
export async function salonOf({ database }: Webhook, username: string): Promise<string> {
  const [salon] = await database.query<{ id: string }>(
    'select id from public.salons where cal_com_username = $1',
    [username],
  );
  return salon?.id ?? '';
}

/** Gives a salon's own webhook another secret. */
export async function stageSecret(
  { database }: Webhook,
  salonId: string,
  secret: string,
): Promise<void> {
  await database.query('select public.stage_webhook_secret($1, $2)', [salonId, secret]);
}

/** Deletes every appointment and delivery, for the next test of the file. */
export async function emptyCalendar(database: TestDatabase): Promise<void> {
  await database.query(
    'truncate public.calendar_events, public.calendar_event_uids, public.webhook_logs cascade',
  );
}

/** An appointment as the dashboard shows it, with the names that its ids stand for. */
export type Appointment = {
  id: string;
  status: string;
  start: string;
  end: string;
  salon: string | null;
  client: string | null;
  pet: string | null;
  phone: string | null;
  email: string | null;
};

/** All appointments in the order of their start, then of their ids. */
export async function readAppointments(database: TestDatabase): Promise<Appointment[]> {
  return await database.query<Appointment>(
    `select e.cal_com_event_id as id, e.status, s.cal_com_username as salon,
       to_char(e.start_time at time zone 'utc', 'YYYY-MM-DD HH24:MI') as start,
       to_char(e.end_time at time zone 'utc', 'YYYY-MM-DD HH24:MI') as end,
       c.name as client, p.name as pet, e.attendee_phone as phone, e.attendee_email as email
     from public.calendar_events e
     left join public.salons s on s.id = e.salon_id
     left join public.clients c on c.id = e.client_id
     left join public.pets p on p.id = e.pet_id
     order by e.start_time, e.cal_com_event_id`,
  );
}

/** A delivery in the log. */
export type LogRow = {
  id: string;
  webhook_type: string;
  status: string;
  action: Enums<'delivery_action'>;
  reason: Enums<'delivery_reason'> | null;
  error_message: string | null;
  cal_com_event_id: string | null;
  payload: unknown;
};

/** All logged deliveries in the order of their arrival. */
export async function readLog(database: TestDatabase): Promise<LogRow[]> {
  return await database.query<LogRow>(
    `select id, webhook_type, status, action, reason, error_message, cal_com_event_id, payload
     from public.webhook_logs order by created_at`,
  );
}
