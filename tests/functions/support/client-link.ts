import { randomUUID } from 'node:crypto';
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
import { insertLink } from '../../support/insert-link.ts';
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
  const token = await insertLink((text, values) => database.query(text, values), eventId);
  return { salonId, eventId, token, start, stored };
}
