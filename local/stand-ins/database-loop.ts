import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Repeated work on a database. */
export interface DatabaseLoopOptions {
  /** The name in the message that the database cannot be reached. */
  name: string;
  url: string;
  turn(database: pg.Pool): Promise<void>;
  /** How long to wait until the next turn, in milliseconds. */
  pauseMs(): number;
  say(line: string): void;
}

/** A running loop. */
export interface DatabaseLoop {
  /** Waits for the current turn, then closes the connection. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 5_000;

/** Starts the loop. It has one connection, survives every failure and reports each outage once. */
export function startDatabaseLoop(options: DatabaseLoopOptions): DatabaseLoop {
  const stopping = new AbortController();
  const database = new pg.Pool({
    connectionString: options.url,
    max: 1,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // A lost connection fails the current query or the next one. Without these listeners its error
  // event would end the stack: the pool emits it for an idle connection, a client for one in use.
  database.on('error', () => {});
  database.on('connect', (client) => client.on('error', () => {}));
  let isFailing = false;

  function report(failure: unknown): void {
    if (stopping.signal.aborted || isFailing) return;
    isFailing = true;
    const reason = failure instanceof Error ? failure.message : failure;
    options.say(`${options.name} | ${reason}; trying again`);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await options.turn(database).then(() => isFailing = false, report);
      await sleep(options.pauseMs(), undefined, { signal: stopping.signal }).catch(() => {});
    }
    await database.end();
  }

  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
