import { functionEnv } from '../../../local/functions/function-env.ts';
import { startGateway } from '../../../local/gateway/server.ts';
import { generateKeys } from '../../../local/stack/keys.ts';
import { createBookers } from '../database/bookers.ts';
import { startDataApi } from '../database/data-api.ts';
import type { BenchServer } from '../database/server.ts';
import { created, newBooking } from '../deliveries/bodies.ts';
import { signedRequest } from '../deliveries/requests.ts';
import { median } from '../measure/load.ts';
import { row, section, verdict } from '../measure/report.ts';
import { startDenoServer } from './deno-server.ts';

const ROUNDS = 11;

/** Measures from the start of a process to its first answer, with a filled module cache of Deno. */
export async function benchColdStart(server: BenchServer): Promise<string> {
  const database = await server.createDatabase('cold_start');
  const bookers = await createBookers(database);
  const keys = await generateKeys();
  const restUrl = await startDataApi(server, database, keys);
  // The unmodified function connects to it; it takes a hundredth of the time at most.
  const rest = () => Promise.resolve(restUrl);
  const gateway = await startGateway({
    port: 0,
    keys,
    rest,
    auth: () => null,
    functions: () => new Map(),
  });
  server.stopFirst(gateway.stop);
  const env = functionEnv(gateway.url, database.url('postgres'), keys);

  async function timeToAnswerMs(entry: string): Promise<number> {
    const body = created(newBooking(bookers));
    const startedAtMs = performance.now();
    const served = await startDenoServer(entry, env, server);
    const { url, ...request } = await signedRequest(served.url, body, keys);
    const response = await fetch(url, { method: 'POST', ...request });
    await response.body?.cancel();
    const tookMs = performance.now() - startedAtMs;
    await served.stop();
    if (!response.ok) throw new Error(`${entry} answered ${response.status}`);
    return tookMs;
  }

  const own: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const ownMs = await timeToAnswerMs('supabase/functions/calcom-webhook/index.ts');
    const emptyMs = await timeToAnswerMs('tests/bench/webhook/empty-function.ts');
    // The first round fills the cache.
    if (round === 0) continue;
    own.push(ownMs);
    empty.push(emptyMs);
  }

  const share = median(own.map((ms, round) => ms / (empty[round] ?? NaN)));
  return section(`cold-start: process start to first answer, medians of ${ROUNDS} rounds`, [
    row('', ['ms']),
    row('the function, a signed delivery stored', [median(own).toFixed(0)]),
    row('an empty function', [median(empty).toFixed(0)]),
    '',
    verdict('function / empty function', share, { atMost: 1.7 }),
  ]);
}
