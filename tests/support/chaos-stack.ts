import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { functionEnv } from '../../local/functions/function-env.ts';
import { startFunctionProcess } from '../../local/functions/function-process.ts';
import { startGateway } from '../../local/gateway/server.ts';
import { bootstrapServer } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { databaseUrl } from '../../local/postgres/logins.ts';
import { setUpSchedules } from '../../local/postgres/schedules.ts';
import { startPostgres } from '../../local/postgres/server.ts';
import { startPostgrest } from '../../local/postgrest/server.ts';
import { startProcess } from '../../local/processes/managed-process.ts';
import { guardFolder } from '../../local/processes/process-guard.ts';
import { type Service, supervise, type Supervisor } from '../../local/processes/supervisor.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { freePort } from '../../local/setup/ports.ts';
import { generateKeys, type StackKeys } from '../../local/stack/keys.ts';
import { applyMigrationsTo } from './migrations.ts';

/** The parts of the stack that can die. */
export const PARTS = ['function', 'PostgREST', 'Postgres', 'scheduler'] as const;
export type Part = typeof PARTS[number];

/** The local stack with each part under supervision, Postgres and the scheduler included. */
export interface ChaosStack {
  /** FUNCTIONS_URL behind the gateway. */
  functionsUrl: string;
  databaseUrl: string;
  keys: StackKeys;
  /** kill -9, of all parts at the same moment; the supervisors start them again. */
  kill(...parts: Part[]): Promise<void>;
  /** Resolves when every part answers. */
  recovered(): Promise<void>;
  stop(): Promise<void>;
}

const START_ATTEMPTS = 60;
const RETRY_MS = 250;
const RECOVERY_MS = 60_000;

/** Starts it on an empty database with the migrations and the schedules, and a real disk under it. */
export async function startChaosStack(): Promise<ChaosStack> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-chaos-'));
  guardFolder(dir);
  // The server may run as another user than we do.
  await chmod(dir, 0o755);
  const keys = await generateKeys();
  const port = await freePort();
  const running = new Map<Part, Service>();
  const supervisors = new Map<Part, Supervisor>();

  async function keep(part: Part, start: () => Promise<Service>): Promise<void> {
    const supervisor = supervise({
      name: part,
      start: async () => {
        const service = await start();
        running.set(part, service);
        return service;
      },
      say: () => {},
    });
    supervisors.set(part, supervisor);
    await supervisor.started;
  }

  const urlOf = (part: Part) => async () => await supervisors.get(part)?.url() ?? null;
  const postgresUrl = (role: string) => databaseUrl(port, role);

  await keep('Postgres', () =>
    persistently(async () => {
      const server = await startPostgres({
        dataDir: join(dir, 'data'),
        port: () => Promise.resolve(port),
        logFile: join(dir, 'postgres.log'),
      });
      return { url: postgresUrl('postgres'), process: server.process };
    }));
  await bootstrapServer(postgresUrl('supabase_admin'));
  await withClient(postgresUrl('postgres'), applyMigrationsTo);
  await keep('PostgREST', () =>
    persistently(() =>
      startPostgrest({
        databaseUrl: postgresUrl('authenticator'),
        jwtSecret: keys.jwtSecret,
        logFile: join(dir, 'postgrest.log'),
      })
    ));
  const gateway = await startGateway({
    port: 0,
    keys,
    rest: urlOf('PostgREST'),
    auth: () => null,
    functions: () =>
      new Map([['calcom-webhook', { upstream: urlOf('function'), verifyJwt: false }]]),
  });
  await keep('function', () =>
    startFunctionProcess({
      name: 'calcom-webhook',
      env: {
        ...functionEnv(gateway.url, postgresUrl('postgres'), keys),
        CALCOM_WEBHOOK_RATE_LIMIT: '100000',
      },
      denoDir: join(dir, 'deno'),
      onLine: () => {},
    }));
  const functionsUrl = `${gateway.url}/functions/v1`;
  await setUpSchedules(postgresUrl('postgres'), functionsUrl);
  await keep('scheduler', async () => ({
    url: '',
    process: await startProcess({
      command: [process.execPath, join(projectRoot, 'tests/support/scheduler-process.ts')],
      env: { PATH: process.env.PATH, DATABASE_URL: postgresUrl('supabase_admin') },
      output: { line: () => {} },
    }),
  }));

  async function answers(): Promise<boolean> {
    const url = `${gateway.url}/rest/v1/salons?select=id&limit=1`;
    const rest = await fetch(url, { headers: { apikey: keys.secretKey } });
    const webhook = await fetch(`${functionsUrl}/calcom-webhook`);
    return rest.status === 200 && webhook.status === 405;
  }

  return {
    functionsUrl,
    databaseUrl: postgresUrl('postgres'),
    keys,
    kill: async (...parts) => {
      await Promise.all(parts.map((part) => running.get(part)?.process.kill()));
    },
    recovered: async () => {
      const deadline = Date.now() + RECOVERY_MS;
      while (!await answers().catch(() => false)) {
        if (Date.now() > deadline) throw new Error('the stack did not recover');
        await sleep(RETRY_MS);
      }
    },
    stop: async () => {
      for (const part of ['scheduler', 'function', 'PostgREST', 'Postgres'] as const) {
        await supervisors.get(part)?.stop();
      }
      await gateway.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Retries: a killed Postgres leaves sessions behind, which take a moment to end. */
async function persistently<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await start();
    } catch (failure) {
      if (attempt === START_ATTEMPTS) throw failure;
      await sleep(RETRY_MS);
    }
  }
}
