import { withClient } from '../../../local/postgres/client.ts';
import { requireAllApplied } from '../database/all-applied.ts';
import { type Booker, createUnanalysedBookers } from '../database/bookers.ts';
import { openCaller } from '../database/caller.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';
import { cancelled, created, moved, newBooking, rescheduled } from '../deliveries/bodies.ts';
import { toCall } from '../deliveries/calls.ts';
import { alternate } from '../measure/alternate.ts';
import { row, section, verdict } from '../measure/report.ts';
import { deliveryStep } from './delivery-step.ts';

const DELIVERIES = 5_000;
/** Where the tables are largest, plans that were made for empty ones are worst. */
const LAST = 1_000;

/**
 * Measures the database call in a database that was never analysed, as during a first backfill, in
 * turns with one that was analysed when it had as much as the other one gets. Each has one
 * connection, which keeps its plans.
 */
export async function benchBackfill(server: BenchServer): Promise<string> {
  const never = await createScene(server, 'backfill_never_analysed');
  const analysed = await createScene(server, 'backfill_analysed');
  await deliverAll(analysed);
  await withClient(analysed.database.url('postgres'), (client) => client.query('analyze'));

  const neverCaller = await openCaller(never.database);
  const analysedCaller = await openCaller(analysed.database);
  const [neverMs = [], analysedMs = []] = await alternate([
    deliveryStep(neverCaller, deliveriesOf(never)),
    deliveryStep(analysedCaller, deliveriesOf(analysed)),
  ], DELIVERIES);
  await Promise.all([neverCaller.close(), analysedCaller.close()]);
  await Promise.all([never, analysed].map(({ database }) => requireAllApplied(database)));

  const all = [neverMs, analysedMs].map(mean);
  const last = [neverMs, analysedMs].map((ms) => mean(ms.slice(-LAST)));
  return section(`backfill: ${DELIVERIES} deliveries by direct SQL, in turns, means`, [
    row('', ['all, ms', `last ${LAST}, ms`]),
    ...['never analysed', 'analysed before'].map((name, index) =>
      row(name, [all, last].map((means) => means[index]?.toFixed(2) ?? ''))
    ),
    '',
    verdict('never / analysed, time of all', quotient(all), { atMost: 1.3 }),
    verdict(`never / analysed, time of the last ${LAST}`, quotient(last), { atMost: 1.3 }),
  ]);
}

type Scene = { database: BenchDatabase; bookers: Booker[] };

/** A database with salons and nothing else, which Postgres will not analyse by itself. */
async function createScene(server: BenchServer, name: string): Promise<Scene> {
  const database = await server.createDatabase(name);
  await withClient(database.url('postgres'), async (client) => {
    const { rows } = await client.query<{ statement: string }>(
      `select format('alter table %s set (autovacuum_enabled = false)', oid::regclass) as statement
       from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, 'private'::regnamespace)`,
    );
    for (const { statement } of rows) await client.query(statement);
  });
  return { database, bookers: await createUnanalysedBookers(database) };
}

/** Every other booking is rescheduled, and half of those are cancelled. */
function deliveriesOf({ bookers }: Scene): () => string {
  const bodies = function* (): Generator<string, never> {
    for (let number = 0;; number++) {
      const booking = newBooking(bookers);
      yield created(booking);
      if (number % 2 === 0) continue;
      const later = moved(booking);
      yield rescheduled(later);
      if (number % 4 === 1) yield cancelled(later);
    }
  }();
  return () => bodies.next().value;
}

async function deliverAll(scene: Scene): Promise<void> {
  const caller = await openCaller(scene.database);
  const next = deliveriesOf(scene);
  for (let count = 0; count < DELIVERIES; count++) await caller.deliver(await toCall(next()));
  await caller.close();
}

function mean(ms: readonly number[]): number {
  return ms.reduce((sum, each) => sum + each, 0) / ms.length;
}

function quotient([of = NaN, to = NaN]: readonly number[]): number {
  return of / to;
}
