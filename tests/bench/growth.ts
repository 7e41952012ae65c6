import { generateKeys } from '../../local/stack/keys.ts';
import { requireAllApplied } from './all-applied.ts';
import { createBookers } from './bookers.ts';
import { startDataApi } from './data-api.ts';
import { createBookings } from './deliveries.ts';
import { createPastAppointments } from './past-appointments.ts';
import { loadTable, section, verdict } from './report.ts';
import { upsertRequest } from './requests.ts';
import { type Contender, ratio, takeTurns } from './rounds.ts';
import type { BenchDatabase, BenchServer } from './server.ts';

const ROUNDS = 15;
const DELIVERIES_PER_ROUND = 300;

/**
 * Measures the database call of the function with a thousand and with a million appointments.
 *
 * The function itself is left out, since its time does not depend on the database and would hide
 * growth.
 */
export async function benchGrowth(server: BenchServer): Promise<string> {
  const small = await grown(server, 'thousand', 1_000);
  const large = await grown(server, 'million', 1_000_000);
  const [few = [], many = []] = await takeTurns([small, large], ROUNDS);
  await requireAllApplied(small.database);
  await requireAllApplied(large.database);

  return section(`growth: ${DELIVERIES_PER_ROUND} deliveries a round, ${ROUNDS} rounds, medians`, [
    ...loadTable([[small.name, few], [large.name, many]]),
    '',
    verdict('million / thousand, throughput', ratio(many, few, 'perSecond'), { atLeast: 0.9 }),
    verdict('million / thousand, p50', ratio(many, few, 'p50Ms'), { truncate: 1.1 }),
  ]);
}

async function grown(
  server: BenchServer,
  name: string,
  appointments: number,
): Promise<Contender & { database: BenchDatabase }> {
  const database = await server.createDatabase(name);
  const bookers = await createBookers(database);
  await createPastAppointments(database, appointments);
  const keys = await generateKeys();
  const restUrl = await startDataApi(server, database, keys);
  return {
    database,
    name: `with a ${name} appointments`,
    deliveriesPerRound: DELIVERIES_PER_ROUND,
    prepare: (count: number) =>
      Promise.all(
        createBookings(count, bookers).map((body) => upsertRequest(restUrl, body, keys)),
      ),
  };
}
