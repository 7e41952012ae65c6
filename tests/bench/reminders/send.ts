import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { functionEnv } from '../../../local/functions/function-env.ts';
import { startFunctionProcess } from '../../../local/functions/function-process.ts';
import { startGateway } from '../../../local/gateway/server.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { generateKeys } from '../../../local/stack/keys.ts';
import { startSmsapiServer } from '../../support/smsapi-server.ts';
import { startDataApi } from '../database/data-api.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';

/** A run of the function. */
export type SendingRun = {
  sent: number;
  /** The workers' time apart from waiting for the provider, as a share of the waiting. */
  ownShare: number;
  /** The resident memory of the process afterwards. */
  residentKb: number;
};

/** The default of SMS_CONCURRENCY. */
const CONCURRENCY = 5;
/** How long the provider takes to answer. */
export const PROVIDER_MS = 200;
const POLL_MS = 200;
/** Otherwise V8 keeps garbage while there is room, and the memory is meaningless. */
const V8_FLAGS = '--max-semi-space-size=1,--max-old-space-size=64';

/**
 * Has the unmodified function send the planned messages through a slow provider, in a number of
 * runs after a warm-up run.
 */
export async function sendInRuns(
  server: BenchServer,
  database: BenchDatabase,
  runs: number,
): Promise<SendingRun[]> {
  const keys = await generateKeys();
  const restUrl = await startDataApi(server, database, keys);
  const rest = () => Promise.resolve(restUrl);
  const gateway = await startGateway({
    port: 0,
    keys,
    rest,
    auth: () => null,
    functions: () => new Map(),
  });
  const smsapi = await startSmsapiServer();
  smsapi.delay(PROVIDER_MS);
  const { url, process } = await startFunctionProcess({
    name: 'sms-reminders',
    env: {
      ...functionEnv(gateway.url, database.url('postgres'), keys),
      SMS_PROVIDER: 'smsapi',
      SMSAPI_TOKEN: 'smsapi-token',
      SMSAPI_BASE_URL: smsapi.url,
      DENO_V8_FLAGS: V8_FLAGS,
    },
    denoDir: join(server.dir, 'deno'),
    onLine: () => {},
  });
  server.stopFirst(async () => {
    await Promise.all([process.stop(), smsapi.stop(), gateway.stop()]);
  });

  return await withClient(database.url('postgres'), async (client) => {
    const done: SendingRun[] = [];
    while (done.length <= runs) {
      const response = await fetch(`${url}/sms-reminders`, {
        method: 'POST',
        headers: { apikey: keys.secretKey },
        // A run that stops at its limit starts the next one.
        body: JSON.stringify({ goOn: true }),
      });
      if (!response.ok) throw new Error(`sms-reminders answered ${response.status}`);
      const { runId } = await response.json();
      const { sent, ms } = await finished(client, runId);
      done.push({
        sent,
        ownShare: ms * CONCURRENCY / (sent * PROVIDER_MS) - 1,
        residentKb: await residentKb(process.pid),
      });
    }
    return done.slice(1);
  });
}

async function finished(client: Client, runId: string): Promise<{ sent: number; ms: number }> {
  for (;;) {
    const { rows: [run] } = await client.query<{
      counts: { claimed: number; sent: number; ms: number };
      error: string | null;
    }>(
      'select counts, error from public.sms_runs where id = $1 and finished_at is not null',
      [runId],
    );
    if (run === undefined) {
      await sleep(POLL_MS);
      continue;
    }
    const { claimed, sent, ms } = run.counts;
    if (run.error !== null || sent < claimed) {
      throw new Error(`A run sent ${sent} of ${claimed}: ${run.error}`);
    }
    return { sent, ms };
  }
}

async function residentKb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout);
}
