import { readFile } from 'node:fs/promises';
import { withClient } from '../../local/postgres/client.ts';
import { generateKeys } from '../../local/stack/keys.ts';
import { requireAllApplied } from './all-applied.ts';
import { createBookers } from './bookers.ts';
import { startDataApi } from './data-api.ts';
import { createBookings } from './deliveries.ts';
import { startDenoServer } from './deno-server.ts';
import { CONCURRENCY, type LoadRequest } from './load.ts';
import { createPastAppointments } from './past-appointments.ts';
import { loadTable, section, verdict } from './report.ts';
import { signedRequest, upsertRequest } from './requests.ts';
import { ratio, takeTurns } from './rounds.ts';
import type { BenchServer } from './server.ts';

const ROUNDS = 9;
/** Some past appointments, since Postgres' plans for empty tables suit no others. */
const PAST_APPOINTMENTS = 1_000;
const PET_VISITS = new URL('pet-visits.sql', import.meta.url);

/** Compares the function with its bare database call, and with BarkBook's six calls. */
export async function benchIngest(server: BenchServer): Promise<string> {
  const database = await server.createDatabase('ingest');
  const petVisits = await readFile(PET_VISITS, 'utf8');
  await withClient(database.url('postgres'), (client) => client.query(petVisits));
  const bookers = await createBookers(database);
  await createPastAppointments(database, PAST_APPOINTMENTS);
  const keys = await generateKeys();
  const restUrl = await startDataApi(server, database, keys);
  const env = {
    CALCOM_WEBHOOK_SECRET: keys.webhookSecret,
    REST_URL: restUrl,
    SUPABASE_SERVICE_ROLE_KEY: keys.serviceRoleKey,
  };
  const webhook = await startDenoServer('tests/bench/direct-webhook.ts', env, server);
  const sixCalls = await startDenoServer('tests/bench/six-call-webhook.ts', env, server);

  const prepare = (toRequest: (body: string) => Promise<LoadRequest>) => (count: number) =>
    Promise.all(createBookings(count, bookers).map(toRequest));
  const contenders = [
    {
      name: 'the function',
      deliveriesPerRound: 500,
      prepare: prepare((body) => signedRequest(webhook.url, body, keys)),
    },
    {
      name: '(a) its database call alone',
      deliveriesPerRound: 500,
      prepare: prepare((body) => upsertRequest(restUrl, body, keys)),
    },
    {
      name: '(b) BarkBook: six calls',
      deliveriesPerRound: 150,
      prepare: prepare((body) => signedRequest(sixCalls.url, body, keys)),
    },
  ];
  const [own = [], direct = [], barkbook = []] = await takeTurns(contenders, ROUNDS);
  await requireAllApplied(database);

  return section(`ingest: ${CONCURRENCY} deliveries at a time, medians of ${ROUNDS} rounds`, [
    ...loadTable([own, direct, barkbook].map((rounds, i) => [contenders[i]?.name ?? '', rounds])),
    '',
    verdict('function / (a), throughput', ratio(own, direct, 'perSecond'), { atLeast: 0.6 }),
    verdict('function / (b), throughput', ratio(own, barkbook, 'perSecond'), { atLeast: 6 }),
    verdict('(b) / function, p50', ratio(barkbook, own, 'p50Ms'), { atLeast: 6 }),
  ]);
}
