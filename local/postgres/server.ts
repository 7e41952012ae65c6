import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ManagedProcess, startProcess } from '../processes/managed-process.ts';
import { postgresBinDir } from '../setup/binaries.ts';
import { LOOPBACK } from '../setup/ports.ts';
import { createDataDirectory, type DataDirectoryOptions } from './data-directory.ts';
import { databaseUrl } from './logins.ts';
import { type ServerAccount, serverAccount } from './server-account.ts';
import { serverEnv, startProblem } from './server-log.ts';

const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** How to run a server. */
export interface PostgresOptions extends DataDirectoryOptions {
  /** Called immediately before each attempt to listen, since a free port may not stay free. */
  port(): Promise<number>;
}

/** A running server. */
export interface PostgresServer {
  readonly port: number;
  readonly process: ManagedProcess;
  url(role: string, database?: string): string;
}

/** Starts Postgres on the data directory, which is created when missing. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const binDir = postgresBinDir(options.binDir);
  const account = await serverAccount([binDir, dirname(options.dataDir)]);
  if (!existsSync(options.dataDir)) await createDataDirectory(binDir, options, account);
  for (let attempt = 1;; attempt++) {
    const port = await options.port();
    const server = await launch(binDir, options, account, port);
    if (await untilReady(server, options.dataDir)) {
      return { port, process: server, url: (role, name) => databaseUrl(port, role, name) };
    }
    await server.kill();
    const problem = await startProblem('Postgres', options.logFile);
    const portWasTaken = /could not bind/.test(await readFile(options.logFile, 'utf8'));
    if (!portWasTaken || attempt === START_ATTEMPTS) throw problem;
  }
}

function launch(
  binDir: string,
  options: PostgresOptions,
  account: ServerAccount,
  port: number,
): Promise<ManagedProcess> {
  const settings = {
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    timezone: 'UTC',
    ...options.settings,
  };
  return startProcess({
    command: [
      ...[...account.prefix, join(binDir, 'postgres')],
      ...['-D', options.dataDir, '-p', String(port), ...asFlags(settings)],
    ],
    env: serverEnv(),
    cwd: dirname(options.dataDir),
    stopSignal: 'SIGINT',
    output: { file: options.logFile },
  });
}

function asFlags(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Waits for the state that the server writes into its pid file, as pg_ctl does. */
async function untilReady(server: ManagedProcess, dataDir: string): Promise<boolean> {
  let ended = false;
  server.exited.then(() => ended = true);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    const pidFile = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
    const lines = pidFile.split('\n');
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true;
    await sleep(POLL_MS);
  }
  return false;
}
