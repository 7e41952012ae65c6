import { expect } from 'vitest';
import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import type { Counts } from '../../../supabase/functions/calcom-sync/counts.ts';
import { createSalon } from '../../database/support/booking.ts';
import type { TestDatabase } from '../database.ts';
import type { Faults } from './channel.ts';
import { type CalcomServer, startCalcomServer } from './server.ts';
import { playLives } from './simulation.ts';
import { createTown, FIRST_DAY_MS, HOUR_MS, LAST_MOMENT_MS, type Town } from './town.ts';
import { CALENDAR_QUERY, trueAppointments } from './truth.ts';

/** A salon at Cal.com, and its calendar here. */
export interface Pair {
  town: Town;
  salonId: string;
  calcom: CalcomServer;
  /** Sets what time it is at Cal.com. */
  setClock(ms: number): void;
  stop(): Promise<void>;
}

/** How the calendar and Cal.com differ. */
export type Difference = { missing: unknown[]; unexpected: unknown[] };

/** Opens a salon whose account the calendar has watched since the first day. */
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

/** How deliveries and looks at Cal.com reach the database; `from`: look at all since then. */
export type Way = {
  deliver: (delivery: Delivery) => Promise<void>;
  sync: (from: string | null) => Promise<Counts>;
};

/** Plays lives over a bad network, takes a last look at Cal.com, and compares. */
export async function expectToConverge(
  database: TestDatabase,
  pair: Pair,
  { lives, seed }: { lives: number; seed: number },
  way: Way,
): Promise<{ faults: Faults; repaired: number; appointments: number }> {
  const faults = await playLives(pair.town, lives, seed, {
    deliver: way.deliver,
    sync: async (nowMs) => {
      pair.setClock(nowMs);
      await way.sync(null);
      // As autovacuum would, which is off in tests: without statistics plans scan what grows.
      await database.query('analyze');
    },
  });
  // All is settled, and later than anything that happened.
  const nowMs = LAST_MOMENT_MS + HOUR_MS;
  pair.setClock(nowMs);
  expect((await differenceFrom(database, pair, nowMs)).missing).not.toEqual([]);
  const { failed, deferred, unreadable } = await way.sync(new Date(FIRST_DAY_MS).toISOString());
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
 * Appointments of Cal.com that the calendar does not have just so, and appointments of the calendar that Cal.com
 * does not have. A seat that was left is not Cal.com's any more: here it may be a cancelled appointment.
 */
export async function differenceFrom(
  database: TestDatabase,
  { town, salonId }: Pair,
  nowMs: number,
): Promise<Difference> {
  const calendar = await database.query(CALENDAR_QUERY, [salonId]);
  const truth = trueAppointments(town.account, nowMs);
  const written = new Set(calendar.map((appointment) => JSON.stringify(appointment)));
  const known = new Set(truth.map((appointment) => JSON.stringify(appointment)));
  return {
    missing: truth.filter((appointment) => !written.has(JSON.stringify(appointment))),
    unexpected: calendar.filter((appointment) =>
      !known.has(JSON.stringify(appointment)) &&
      !(appointment['status'] === 'cancelled' &&
        town.account.leftSeats.has(String(appointment['uid'])))
    ),
  };
}
