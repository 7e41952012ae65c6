import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ManagedProcess, startProcess } from '../processes/managed-process.ts';
import { postgrestBinary } from '../setup/binaries.ts';
import { freePort, LOOPBACK } from '../setup/ports.ts';
import { SetupProblem } from '../setup/setup-problem.ts';

/** What PostgREST serves. */
export interface PostgrestOptions {
  /** The database, as role authenticator. */
  databaseUrl: string;
  jwtSecret: string;
  logFile: string;
}

/** A PostgREST that answers requests. */
export interface PostgrestServer {
  readonly url: string;
  readonly process: ManagedProcess;
}

const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** As in hosted projects, and in supabase/config.toml. */
const MAX_ROWS = 1_000;

/** Starts PostgREST and waits until its schema cache is loaded. */
export async function startPostgrest(options: PostgrestOptions): Promise<PostgrestServer> {
  const binary = postgrestBinary();
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const [port, adminPort] = await Promise.all([freePort(), freePort()]);
    const process = await startProcess({
      command: [binary],
      env: environment(options, port, adminPort),
      output: { file: options.logFile },
    });
    if (await untilReady(process, adminPort)) {
      return { url: `http://${LOOPBACK}:${port}`, process };
    }
    // Most likely another process took one of the ports in between.
    await process.kill();
  }
  const log = (await readFile(options.logFile, 'utf8')).trim().split('\n');
  throw new SetupProblem(`PostgREST did not start: ${log.at(-1)} (see ${options.logFile})`);
}

function environment(options: PostgrestOptions, port: number, adminPort: number) {
  return {
    PGRST_DB_URI: options.databaseUrl,
    PGRST_DB_SCHEMAS: 'public',
    PGRST_DB_EXTRA_SEARCH_PATH: 'public, extensions',
    PGRST_DB_ANON_ROLE: 'anon',
    PGRST_DB_CHANNEL_ENABLED: 'true',
    PGRST_DB_MAX_ROWS: String(MAX_ROWS),
    PGRST_JWT_SECRET: options.jwtSecret,
    PGRST_SERVER_HOST: LOOPBACK,
    PGRST_SERVER_PORT: String(port),
    PGRST_ADMIN_SERVER_PORT: String(adminPort),
    // Its messages are UTF-8; without a locale it crashes on the first one that is not ASCII.
    LC_ALL: 'C.UTF-8',
  };
}

async function untilReady(process: ManagedProcess, adminPort: number): Promise<boolean> {
  let ended = false;
  process.exited.then(() => ended = true);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    const answer = await fetch(`http://${LOOPBACK}:${adminPort}/ready`).catch(() => null);
    if (answer?.ok) return true;
    await sleep(POLL_MS);
  }
  return false;
}
