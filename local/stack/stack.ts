import { mkdir, rm } from 'node:fs/promises';
import { type DashboardServer, startDashboard } from '../dashboard/server.ts';
import { developerEnv, functionEnv } from '../functions/function-env.ts';
import {
  type FunctionRunner,
  type FunctionRunnerOptions,
  runFunctions,
} from '../functions/function-runner.ts';
import { startGateway } from '../gateway/server.ts';
import { SUPERUSER } from '../postgres/logins.ts';
import { setUpSchedules } from '../postgres/schedules.ts';
import { type PostgresServer, startPostgres } from '../postgres/server.ts';
import { startPostgrest } from '../postgrest/server.ts';
import { supervise, type Supervisor } from '../processes/supervisor.ts';
import { requireBinaries } from '../setup/binaries.ts';
import type { LocalPaths } from '../setup/paths.ts';
import { DEFAULT_PORTS, firstFreePort, requirePort } from '../setup/ports.ts';
import { type AuthService, startAuth } from '../stand-ins/auth/service.ts';
import { startScheduler } from '../stand-ins/cron/scheduler.ts';
import { startNetWorker } from '../stand-ins/net/net-worker.ts';
import { loadKeys } from './key-store.ts';
import { prepareDatabase } from './prepare-database.ts';
import { refuseIfRunning, takeLock } from './stack-lock.ts';
import { describeStack, stackStatus, writeStackEnv } from './stack-status.ts';

/** How to run the stack. */
export interface StackOptions {
  paths: LocalPaths;
  /** The gateway's port; null takes the default or the next free one. */
  port: number | null;
  say(line: string): void;
  /** Called if the stack cannot continue, for example because Postgres ended. */
  onBreakdown(reason: string): void;
}

/** The local stack: start() starts its parts, stop() stops those that run. */
export interface Stack {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Combines Postgres, PostgREST, the functions, the gateway and the scheduler into a stack with one
 * state directory.
 */
export function createStack(options: StackOptions): Stack {
  const { paths, say } = options;
  const stops: (() => Promise<void>)[] = [];
  let stopping = false;
  let rest: Supervisor | null = null;
  let auth: AuthService | null = null;
  let functions: FunctionRunner | null = null;

  async function start(): Promise<void> {
    requireBinaries();
    await mkdir(paths.dir, { recursive: true });
    await refuseIfRunning(paths.lock, ', or set BARKBOOK_LOCAL_DIR and --port for a second one');
    // A stack that is not ready yet looks like none to the commands.
    await rm(paths.stackEnv, { force: true });
    const keys = await loadKeys(paths.keys);
    const gateway = await startGateway({
      port: await apiPort(),
      keys,
      rest: async () => await rest?.url() ?? null,
      auth: () => auth,
      functions: () => functions?.routes ?? null,
    });
    // The gateway holds the port from the start and answers 503 until the rest is up.
    stops.push(gateway.stop, await takeLock(paths.lock, gateway.url));
    const postgres = await openDatabase();
    rest = await serveRest(postgres, keys.jwtSecret);
    auth = await serveAuth(postgres, gateway.url, keys.jwtSecret);
    const databaseUrl = postgres.url('postgres');
    const page = await serveDashboard(gateway.url, keys.publishableKey);
    const readStatus = async () => {
      const { CALCOM_WEBHOOK_SECRET = keys.webhookSecret } = await developerEnv();
      return stackStatus(gateway.url, databaseUrl, keys, CALCOM_WEBHOOK_SECRET, page.url);
    };
    await setUpSchedules(databaseUrl, (await readStatus()).FUNCTIONS_URL);
    functions = await serveFunctions({
      env: async () => ({
        ...functionEnv(gateway.url, databaseUrl, keys),
        SMS_LINK_URL: `${page.url}/c/`,
        ...await developerEnv(),
      }),
      // The edit may have been one of the webhook secret, with which commands sign.
      beforeRestart: async () => await writeStackEnv(paths.stackEnv, await readStatus()),
    });
    runSchedules(postgres);
    // Read again, since the .env may have been edited meanwhile.
    const status = await readStatus();
    await writeStackEnv(paths.stackEnv, status);
    say(describeStack(status, paths.stackEnv));
  }

  async function apiPort(): Promise<number> {
    if (options.port !== null) return await requirePort(options.port);
    return await freePortNear(DEFAULT_PORTS.api, 'API');
  }

  async function freePortNear(preferred: number, what: string): Promise<number> {
    const port = await firstFreePort(preferred);
    sayWhereTo(preferred, port, what);
    return port;
  }

  function sayWhereTo(preferred: number, port: number, what: string): void {
    if (port !== preferred) say(`Port ${preferred} is in use: the ${what} is on ${port}.`);
  }

  async function openDatabase(): Promise<PostgresServer> {
    const postgres = await startPostgres({
      dataDir: paths.data,
      port: () => freePortNear(DEFAULT_PORTS.database, 'database'),
      logFile: paths.postgresLog,
    });
    stops.push(postgres.process.stop);
    postgres.process.exited.then((how) => {
      if (!stopping) options.onBreakdown(`Postgres ended (${how}): see ${paths.postgresLog}`);
    });
    await prepareDatabase(postgres, paths, say);
    return postgres;
  }

  async function serveRest(postgres: PostgresServer, jwtSecret: string): Promise<Supervisor> {
    const databaseUrl = postgres.url('authenticator');
    const supervisor = supervise({
      name: 'PostgREST',
      start: () => startPostgrest({ databaseUrl, jwtSecret, logFile: paths.postgrestLog }),
      say,
    });
    stops.push(supervisor.stop);
    await supervisor.started;
    return supervisor;
  }

  async function serveAuth(
    postgres: PostgresServer,
    apiUrl: string,
    jwtSecret: string,
  ): Promise<AuthService> {
    const service = await startAuth({ databaseUrl: postgres.url(SUPERUSER), jwtSecret, apiUrl });
    stops.push(service.stop);
    return service;
  }

  async function serveFunctions(
    environment: Pick<FunctionRunnerOptions, 'env' | 'beforeRestart'>,
  ): Promise<FunctionRunner> {
    const runner = await runFunctions({ denoDir: paths.deno, say, ...environment });
    stops.push(runner.stop);
    return runner;
  }

  async function serveDashboard(apiUrl: string, publishableKey: string): Promise<DashboardServer> {
    const server = await startDashboard({
      port: DEFAULT_PORTS.dashboard,
      outDir: paths.dashboard,
      apiUrl,
      publishableKey,
      say,
    });
    stops.push(server.stop);
    sayWhereTo(DEFAULT_PORTS.dashboard, server.port, 'dashboard');
    return server;
  }

  function runSchedules(postgres: PostgresServer): void {
    const netWorker = startNetWorker({ databaseUrl: postgres.url(SUPERUSER), say });
    const scheduler = startScheduler({ url: postgres.url, say });
    stops.push(netWorker.stop, scheduler.stop);
  }

  async function stop(): Promise<void> {
    stopping = true;
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  }

  return { start, stop };
}
