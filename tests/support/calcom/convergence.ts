import { expect } from 'vitest';
import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import type { Counts } from '../../../supabase/functions/calcom-sync/counts.ts';
import { createSalon } from '../../database/support/salons.ts';
import type { TestDatabase } from '../database.ts';
import type { Faults } from './channel.ts';
import { type CalcomServer, startCalcomServer } from './server.ts';
import { simulate } from './simulation.ts';
import { createTown, FIRST_DAY_MS, HOUR_MS, LAST_MOMENT_MS, type Town } from './town.ts';
import { CALENDAR_QUERY, trueAppointments } from './truth.ts';

/** A salon on Cal.com and its calendar here. */
export interface Pair {
  town: Town;
  salonId: string;
  calcom: CalcomServer;
  /** Sets the clock of Cal.com. */
  setClock(ms: number): void;
  stop(): Promise<void>;
}

/** How the calendar and Cal.com differ. */
export type Difference = { missing: unknown[]; unexpected: unknown[] };

/** Creates a salon whose account has been synced since the first day. */
export async function openPair(database: TestDatabase, seed: number): Promise<Pair> {
  let nowMs = FIRST_DAY_MS;
  const town = createTown(seed);
  const salon = await createSalon(database);
  const calcom = await startCalcomServer([town.account], { now: () => nowMs });
  await database.query('select public.set_calcom_api_key($1, $2)', [
    salon.id,
    town.account.apiKey,
  ]);
  await database.query(
    `insert into public.calcom_sync_state (salon_id, created_cursor, updated_cursor)
     values ($1, $2, $2)`,
    [salon.id, new Date(FIRST_DAY_MS).toISOString()],
  );
  return {
    town,
    calcom,
    salonId: salon.id,
    setClock: (ms) => {
      nowMs = ms;
    },
    stop: calcom.stop,
  };
}

/** How deliveries and polls reach the database; `from` requests a backfill from then on. */
export type Transport = {
  deliver: (delivery: Delivery) => Promise<void>;
  sync: (from: string | null) => Promise<Counts>;
};

/** Simulates histories over a faulty network, polls Cal.com once more, and compares. */
export async function expectToConverge(
  database: TestDatabase,
  pair: Pair,
  { histories, seed }: { histories: number; seed: number },
  transport: Transport,
): Promise<{ faults: Faults; repaired: number; appointments: number }> {
  const faults = await simulate(pair.town, histories, seed, {
    deliver: transport.deliver,
    sync: async (nowMs) => {
      pair.setClock(nowMs);
      await transport.sync(null);
      // Tests run without autovacuum, and without statistics plans scan tables that grow.
      await database.query('analyze');
    },
  });
  // Later than every event.
  const nowMs = LAST_MOMENT_MS + HOUR_MS;
  pair.setClock(nowMs);
  expect((await differenceFrom(database, pair, nowMs)).missing).not.toEqual([]);
  const { failed, deferred, unreadable } = await transport.sync(
    new Date(FIRST_DAY_MS).toISOString(),
  );
  expect({ failed, deferred, unreadable }).toEqual({ failed: 0, deferred: 0, unreadable: 0 });
  expect(await differenceFrom(database, pair, nowMs)).toEqual({ missing: [], unexpected: [] });

  const [repairs] = await database.query<{ repaired: number }>(
    `select count(*)::int as repaired from public.webhook_logs
     where webhook_type = 'BOOKING_SYNCED'`,
  );
  const appointments = trueAppointments(pair.town.account, nowMs).length;
  return { faults, repaired: repairs?.repaired ?? 0, appointments };
}

/**
 * Appointments that only Cal.com has, and appointments that only the calendar has. A seat that was
 * cancelled disappears from Cal.com; here it may be a cancelled appointment.
 */
export async function differenceFrom(
  database: TestDatabase,
  { town, salonId }: Pair,
  nowMs: number,
): Promise<Difference> {
  const calendar = await database.query(CALENDAR_QUERY, [salonId]);
  const truth = trueAppointments(town.account, nowMs);
  const synced = new Set(calendar.map((appointment) => JSON.stringify(appointment)));
  const expected = new Set(truth.map((appointment) => JSON.stringify(appointment)));
  return {
    missing: truth.filter((appointment) => !synced.has(JSON.stringify(appointment))),
    unexpected: calendar.filter((appointment) =>
      !expected.has(JSON.stringify(appointment)) &&
      !(appointment['status'] === 'cancelled' &&
        town.account.leftSeats.has(String(appointment['uid'])))
    ),
  };
}
