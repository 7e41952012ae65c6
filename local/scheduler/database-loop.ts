import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Work on a database that is done again and again. */
export interface DatabaseLoopOptions {
  /** Who speaks when the database cannot be reached. */
  name: string;
  url: string;
  turn(database: pg.Pool): Promise<void>;
  /** How long to wait until the next turn, in milliseconds. */
  pauseMs(): number;
  say(line: string): void;
}

/** A running loop. */
export interface DatabaseLoop {
  /** Lets the turn come to its end, then closes the connection. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 5_000;

/** Starts the loop. It has one connection and outlives every failure, which it reports once. */
export function startDatabaseLoop(options: DatabaseLoopOptions): DatabaseLoop {
  const stopping = new AbortController();
  const database = new pg.Pool({
    connectionString: options.url,
    max: 1,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // A lost connection fails the query under way or the next one; unheard, the events would end the
  // stack. The pool speaks for a connection at rest, the connection for itself while it is lent.
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
