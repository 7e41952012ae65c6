import { createHash, randomUUID } from 'node:crypto';
import { GROOMING } from '../../../cli/simulator/world/services.ts';
import type {
  ClientErrorCode,
  ClientResult,
  ClientView,
} from '../../../shared/client-link/answers.ts';
import { createRemindedClient } from '../../database/support/reminders.ts';
import { store, type StoredBooking } from '../../support/calcom/account.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import { createTown, DAY_MS, HOUR_MS, type Town } from '../../support/calcom/town.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createKeyedSalon } from './calcom-sync.ts';
import { type Env, type FunctionStack, type Reply, startFunctionStack } from './function-stack.ts';

/** What the function answers. */
export type Answer = Reply<
  { ok: boolean; code?: ClientErrorCode } & Partial<ClientView & ClientResult>
>;

/** `client-link`, beside a Cal.com of one salon. */
export type ClientLink = FunctionStack & {
  calcom: CalcomServer;
  town: Town;
  /** Posts as the page does. */
  post(body: object, headers?: Record<string, string>): Promise<Answer>;
};

/** Starts the function; `env` adds variables. */
export async function startClientLink(env: Env = {}): Promise<ClientLink> {
  const town = createTown(1, 'psi-styl');
  const calcom = await startCalcomServer([town.account]);
  const stack = await startFunctionStack('client-link', { CALCOM_API_URL: calcom.url, ...env });
  return {
    ...stack,
    calcom,
    town,
    post: (body, headers = {}) =>
      stack.request({
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    stop: async () => {
      await stack.stop();
      await calcom.stop();
    },
  };
}

/** A booking in Cal.com whose client got a link to it. */
export type Linked = {
  salonId: string;
  eventId: string;
  token: string;
  start: string;
  stored: StoredBooking;
};

let links = 0;

/** Books an appointment in a week unless told, and sends its client a link. */
export async function createLink(
  { database, town }: Pick<ClientLink, 'database' | 'town'>,
  { hasKey = true, startMs = Date.now() + 7 * DAY_MS, seatId = '' } = {},
): Promise<Linked> {
  const roundMs = Math.floor(startMs / HOUR_MS) * HOUR_MS;
  const booking = town.newBooking(GROOMING, town.newcomer(), roundMs);
  const stored = store(town.account, booking, { createdAt: Date.now() - DAY_MS });
  await database.query('delete from public.salons');
  const salonId = await createKeyedSalon(
    database,
    town.account,
    hasKey ? town.account.apiKey : null,
  );
  await database.query('insert into public.sms_settings (salon_id, enabled) values ($1, true)', [
    salonId,
  ]);
  const client = await createRemindedClient(database, salonId);
  const start = booking.start.toISOString();
  const eventId = randomUUID();
  await database.query(
    `insert into public.calendar_events
       (id, cal_com_event_id, salon_id, client_id, pet_id, title, start_time, end_time, created_at)
     values ($1, $2, $3, $4, $5, 'Strzyżenie', $6, $7, now() - interval '1 day')`,
    [
      eventId,
      seatId === '' ? booking.uid : `${booking.uid}#${seatId}`,
      salonId,
      client.id,
      client.pets['Reksio'],
      start,
      booking.end.toISOString(),
    ],
  );
  const token = await insertLink(database, eventId);
  return { salonId, eventId, token, start, stored };
}

/** Stores a sent message with a link, as `sms_begin_dispatch` does. */
async function insertLink(database: TestDatabase, eventId: string): Promise<string> {
  links += 1;
  const token = `abcdefghij${String.fromCharCode(97 + links % 8)}${2 + Math.floor(links / 8)}`;
  await database.query(
    `with message as (
       insert into public.sms_messages (salon_id, client_id, local_date, phone_number, phone, body,
         encoding, segments, status, next_attempt_at, not_after, dispatch_started_at, sent_at)
       select e.salon_id, e.client_id, current_date, c.phone_number,
         private.e164(c.phone_number), 'Wizyta #…', 'GSM-7', 1, 'sent', now(), e.start_time, now(),
         now()
       from public.calendar_events e join public.clients c on c.id = e.client_id where e.id = $1
       returning id
     ), told as (
       insert into private.sms_told_events (event_id, start_time, message_id)
       select e.id, e.start_time, message.id from message, public.calendar_events e where e.id = $1
     )
     insert into private.client_links (token_hash, message_id)
     select decode($2, 'hex'), message.id from message`,
    [eventId, createHash('sha256').update(token).digest('hex')],
  );
  return token;
}
