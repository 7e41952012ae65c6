import { requireAllApplied } from '../database/all-applied.ts';
import { type Booker, createBookers, ofSalons } from '../database/bookers.ts';
import { type Caller, openCallers } from '../database/caller.ts';
import { createMinimalRpc } from '../database/minimal.ts';
import { createPastAppointments } from '../database/past-appointments.ts';
import type { BenchServer } from '../database/server.ts';
import { created, newBooking } from '../deliveries/bodies.ts';
import { toCall } from '../deliveries/calls.ts';
import { applyLoad, CONCURRENCY } from '../measure/load.ts';
import { loadTable, section, verdict } from '../measure/report.ts';
import { type Contender, ratio, takeTurns, throughput } from '../measure/rounds.ts';

const ROUNDS = 11;
/** Some past appointments, since Postgres' plans for empty tables suit no others. */
const PAST_APPOINTMENTS = 1_000;

/**
 * Compares the database call of the function, for bookings that are heard of for the first time,
 * with a minimal one, and many salons at a time with one. It is called directly, because PostgREST
 * would take the same time for all of them and hide a part of the difference.
 */
export async function benchRpc(server: BenchServer): Promise<string> {
  const database = await server.createDatabase('rpc');
  const bookers = await createBookers(database);
  await createPastAppointments(database, PAST_APPOINTMENTS, bookers);
  await createMinimalRpc(database);
  const real = await openCallers(database, CONCURRENCY);
  const minimal = await openCallers(database, CONCURRENCY, 'minimal');

  const contenders = [
    newBookings('upsert_calendar_event, 1 connection', 300, real.slice(0, 1), bookers),
    newBookings('minimal, 1 connection', 300, minimal.slice(0, 1), bookers),
    newBookings('upsert_calendar_event, 8 connections', 600, real, bookers),
    newBookings('minimal, 8 connections', 600, minimal, bookers),
    newBookings('8 connections, 8 salons', 600, real, ofSalons(bookers, CONCURRENCY)),
    newBookings('8 connections, 1 salon', 600, real, ofSalons(bookers, 1)),
  ];
  const rounds = await takeTurns(contenders, ROUNDS);
  await requireAllApplied(database);
  await Promise.all([...real, ...minimal].map((caller) => caller.close()));

  const [one = [], minimalOne = [], eight = [], minimalEight = [], salons = [], salon = []] =
    rounds;
  return section(`rpc: new bookings by direct SQL, medians of ${ROUNDS} rounds`, [
    ...loadTable(contenders.map(({ name }, index) => [name, rounds[index] ?? []])),
    '',
    verdict('real / minimal, throughput, 1 connection', ratio(one, minimalOne, throughput), {
      atLeast: 0.6,
    }),
    verdict('real / minimal, throughput, 8 connections', ratio(eight, minimalEight, throughput), {
      atLeast: 0.6,
    }),
    verdict('1 salon / 8 salons, throughput, 8 connections', ratio(salon, salons, throughput), {
      atLeast: 0.95,
    }),
  ]);
}

function newBookings(
  name: string,
  deliveriesPerRound: number,
  callers: readonly Caller[],
  bookers: readonly Booker[],
): Contender {
  return {
    name,
    deliveriesPerRound,
    prepare: async (count) => {
      const bodies = Array.from({ length: count }, () => created(newBooking(bookers)));
      const calls = await Promise.all(bodies.map(toCall));
      return () => applyLoad(calls, callers.map(({ deliver }) => deliver));
    },
  };
}
