import { expect } from 'vitest';
import { GROOMING } from '../../../cli/simulator/world/services.ts';
import type { SyncAnswer } from '../../../supabase/functions/calcom-sync/answer.ts';
import { createSalon } from '../../database/support/salons.ts';
import { type CalcomAccount, store, type StoredBooking } from '../../support/calcom/account.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import {
  createTown,
  DAY_MS,
  FIRST_DAY_MS,
  HOUR_MS,
  LAST_MOMENT_MS,
  type Town,
} from '../../support/calcom/town.ts';
import type { TestDatabase } from '../../support/database.ts';
import {
  type Env,
  type FunctionStack,
  type Reply as AnyReply,
  scheduledRequest,
  startFunctionStack,
} from './function-stack.ts';

/** An answer of the function. */
export type Reply = AnyReply<SyncAnswer>;

/** `calcom-sync`, beside a Cal.com of two salons. */
export type Sync = Pick<FunctionStack, 'api' | 'database' | 'gate' | 'output' | 'stop'> & {
  calcom: CalcomServer;
  town: Town;
  otherTown: Town;
  /** Sends any request to the function. */
  request(init: RequestInit): Promise<Reply>;
  /** Calls it as the scheduler does, or with a body. */
  call(body?: object): Promise<Reply>;
};

/** Starts the function; `env` adds variables. */
export async function startSync(env: Env = {}): Promise<Sync> {
  const town = createTown(1, 'psi-styl');
  const otherTown = createTown(2, 'inny-salon');
  const calcom = await startCalcomServer([town.account, otherTown.account], {
    now: () => LAST_MOMENT_MS,
  });
  const stack = await startFunctionStack('calcom-sync', { CALCOM_API_URL: calcom.url, ...env });
  return {
    ...stack,
    calcom,
    town,
    otherTown,
    request: (init) => stack.request(init),
    call: (body = {}) => stack.request(scheduledRequest(stack.api, body)),
    stop: async () => {
      await stack.stop();
      await calcom.stop();
    },
  };
}

/** Creates a salon for this account, by default with the account's key. */
export async function createKeyedSalon(
  database: TestDatabase,
  { salon: { username }, apiKey }: CalcomAccount,
  key: string | null = apiKey,
): Promise<string> {
  const { id } = await createSalon(database, { username });
  if (key !== null) await database.query('select public.set_calcom_api_key($1, $2)', [id, key]);
  return id;
}

/** Books appointments, one each hour, in the last days before the stand-in's time. */
export function bookAppointments(town: Town, count: number, daysBefore = 1): StoredBooking[] {
  const firstMs = LAST_MOMENT_MS - daysBefore * DAY_MS;
  return Array.from({ length: count }, (_, index) => {
    const booking = town.newBooking(GROOMING, town.newcomer(), firstMs + index * HOUR_MS);
    return store(town.account, booking, { createdAt: FIRST_DAY_MS + index });
  });
}

/** Deletes every salon, appointment and booking, for the next test of the file. */
export async function emptyAll({ database, calcom, town, otherTown }: Sync): Promise<void> {
  await database.query('truncate public.salons cascade');
  calcom.limit(Number.POSITIVE_INFINITY);
  calcom.speak('2024-08-13', '2026-05-01');
  for (const { account } of [town, otherTown]) {
    account.bookings.length = 0;
    account.attended.length = 0;
  }
}

/** The state of a salon's sync. */
export async function readState(database: TestDatabase, salonId: string) {
  const [state] = await database.query(
    `select last_error as error, last_success_at is not null as "hasSucceeded",
       lease_token is null as "isFree", scan_after is null as "scanIsOver", scan_total as total,
       scan_done as done, round(extract(epoch from not_before - now()))::int as "restsSeconds",
       counts
     from public.calcom_sync_state where salon_id = $1`,
    [salonId],
  );
  return state;
}

/** How many appointments a salon has. */
export async function countAppointments(database: TestDatabase, salonId: string): Promise<number> {
  const rows = await database.query('select from public.calendar_events where salon_id = $1', [
    salonId,
  ]);
  return rows.length;
}

/** Waits until the run that was started last has ended for a salon. */
export async function endOfRun(database: TestDatabase, salonId: string): Promise<void> {
  await expect.poll(() => readState(database, salonId), { timeout: 10_000, interval: 20 })
    .toMatchObject({ isFree: true });
}
