import { readFile } from 'node:fs/promises';
import { withClient } from '../../../local/postgres/client.ts';
import { generateKeys } from '../../../local/stack/keys.ts';
import { requireAllApplied } from '../database/all-applied.ts';
import { createBookers } from '../database/bookers.ts';
import { startDataApi } from '../database/data-api.ts';
import { replaceRpcByMinimal } from '../database/minimal.ts';
import { createPastAppointments } from '../database/past-appointments.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';
import { CONCURRENCY, median } from '../measure/load.ts';
import { loadTable, row, section, verdict } from '../measure/report.ts';
import { ratio, takeTurns, throughput } from '../measure/rounds.ts';
import { type Project, type ServedLoad, startWebhook } from './served.ts';

const ROUNDS = 9;
/** Some past appointments, since Postgres' plans for empty tables suit no others. */
const PAST_APPOINTMENTS = 1_000;
const PET_VISITS = new URL('../database/pet-visits.sql', import.meta.url);

/**
 * Compares the function with its own handler around the minimal RPC, with a function that only
 * verifies and parses a delivery and calls the minimal RPC, and with BarkBook's six calls.
 */
export async function benchIngest(server: BenchServer): Promise<string> {
  const real = await createProject(server, 'ingest');
  const petVisits = await readFile(PET_VISITS, 'utf8');
  await withClient(real.database.url('postgres'), (client) => client.query(petVisits));
  const minimal = await createProject(server, 'ingest_minimal', replaceRpcByMinimal);
  const contenders = [
    await startWebhook(server, real, {
      name: 'the function',
      module: 'direct-webhook.ts',
      deliveriesPerRound: 500,
    }),
    await startWebhook(server, minimal, {
      name: '(a) the same handler with the minimal RPC',
      module: 'direct-webhook.ts',
      deliveriesPerRound: 500,
    }),
    await startWebhook(server, minimal, {
      name: '(b) only verifies, parses and calls',
      module: 'lean-webhook.ts',
      deliveriesPerRound: 500,
    }),
    await startWebhook(server, real, {
      name: '(c) six calls',
      module: 'six-call-webhook.ts',
      deliveriesPerRound: 150,
    }),
  ];
  const rounds = await takeTurns(contenders, ROUNDS);
  await requireAllApplied(real.database);

  const [own = [], withMinimal = [], lean = [], sixCalls = []] = rounds;
  return section(`ingest: ${CONCURRENCY} deliveries at a time, medians of ${ROUNDS} rounds`, [
    ...loadTable(contenders.map(({ name }, index) => [name, rounds[index] ?? []])),
    '',
    row('', ['CPU ms']),
    row('the function', [median(own.map(cpuMs)).toFixed(2)]),
    row('(b) only verifies, parses and calls', [median(lean.map(cpuMs)).toFixed(2)]),
    '',
    verdict('function / (a), throughput', ratio(own, withMinimal, throughput), { atLeast: 0.9 }),
    verdict('function / (b), CPU a delivery', ratio(own, lean, cpuMs), { atMost: 1.5 }),
    verdict('function / (c), throughput', ratio(own, sixCalls, throughput), { atLeast: 3.5 }),
  ]);
}

const cpuMs = ({ cpuMs }: ServedLoad): number => cpuMs;

async function createProject(
  server: BenchServer,
  name: string,
  prepare?: (database: BenchDatabase) => Promise<void>,
): Promise<Project & { database: BenchDatabase }> {
  const database = await server.createDatabase(name);
  const bookers = await createBookers(database);
  await createPastAppointments(database, PAST_APPOINTMENTS, bookers);
  await prepare?.(database);
  const keys = await generateKeys();
  return { database, bookers, keys, restUrl: await startDataApi(server, database, keys) };
}
