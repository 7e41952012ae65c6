import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresBinDir } from './binaries.ts';
import { LOOPBACK } from './ports.ts';
import { type ManagedProcess, startProcess } from './processes.ts';
import { SetupProblem } from './setup-problem.ts';
import { type ServerAccount, serverAccount } from './unix-user.ts';

/** Login of every role, the same as in a `supabase start` stack. */
const PASSWORD = 'postgres';
/** The superuser that hosted Supabase keeps for itself. */
export const SUPERUSER = 'supabase_admin';

const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** Which server to run, and where. */
export interface PostgresOptions {
  dataDir: string;
  /** Asked right before each attempt to listen, since a free port may not stay free. */
  port(): Promise<number>;
  logFile: string;
  /** Another installation's `bin` folder. */
  binDir?: string;
  /** Server settings on top of ours. */
  settings?: Record<string, string>;
}

/** A running server. */
export interface PostgresServer {
  readonly port: number;
  readonly process: ManagedProcess;
  url(role: string, database?: string): string;
}

/** The address of a database for one of the roles that may log in. */
export function databaseUrl(port: number, role: string, database = 'postgres'): string {
  return `postgresql://${role}:${PASSWORD}@${LOOPBACK}:${port}/${database}`;
}

/** Starts Postgres on the data directory, which is created when missing. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const binDir = postgresBinDir(options.binDir);
  const account = await serverAccount([binDir, dirname(options.dataDir)]);
  if (!existsSync(options.dataDir)) await initialise(binDir, options, account);
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

/** Messages in English, since startProblem() reads them. */
function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_MESSAGES: 'C' };
}

function asFlags(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Unicode case rules on every platform; the built-in provider is new in Postgres 17. */
function localeFlags(options: PostgresOptions): string[] {
  return options.binDir
    ? ['--encoding=UTF8', '--locale=C.UTF-8']
    : ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}

/**
 * Creates the cluster under another name and renames it when complete, so that a first start that
 * is interrupted never leaves half a data directory behind.
 */
async function initialise(
  binDir: string,
  options: PostgresOptions,
  account: ServerAccount,
): Promise<void> {
  const unfinished = `${options.dataDir}.new`;
  const passwordFile = join(dirname(unfinished), 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700, recursive: true });
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  if (account.owner) {
    const { uid, gid } = account.owner;
    await chown(unfinished, uid, gid);
    await chown(passwordFile, uid, gid);
  }
  const initdb = await startProcess({
    command: [
      ...[...account.prefix, join(binDir, 'initdb')],
      ...['-D', unfinished, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...localeFlags(options),
      ...(options.settings?.fsync === 'off' ? ['--no-sync'] : []),
    ],
    env: serverEnv(),
    cwd: dirname(options.dataDir),
    output: { file: options.logFile },
  });
  const outcome = await initdb.exited;
  await rm(passwordFile);
  if (outcome !== 'exit code 0') throw await startProblem('initdb', options.logFile);
  await rename(unfinished, options.dataDir);
}

/** Waits for the state that the server itself notes in its pid file, as pg_ctl does. */
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

/** Puts what the server said last into one line. */
async function startProblem(what: string, logFile: string): Promise<SetupProblem> {
  const log = (await readFile(logFile, 'utf8')).trim();
  const reasons = [...log.matchAll(/(?:FATAL|HINT|error): .*/g)].map(([text]) => text);
  const reason = reasons.join(' ') || log.split('\n').at(-1) || 'no output';
  return new SetupProblem(`${what} did not start: ${reason} (see ${logFile})`);
}
