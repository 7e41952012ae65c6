import type pg from 'pg';
import { startDatabaseLoop } from '../database-loop.ts';

/** The database whose requests are sent. */
export interface NetWorkerOptions {
  /** The database, as the superuser. */
  databaseUrl: string;
  say(line: string): void;
}

/** A running worker. */
export interface NetWorker {
  /** Aborts the requests in flight; they stay queued. */
  stop(): Promise<void>;
}

interface QueuedRequest {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: Buffer | null;
  timeout_milliseconds: number;
}

interface Answer {
  id: string;
  status_code?: number;
  content_type?: string | null;
  headers?: Record<string, string>;
  content?: string | null;
  timed_out: boolean;
  error_msg?: string;
}

const PAUSE_MS = 500;
/** The defaults of pg_net.batch_size and pg_net.ttl. */
const BATCH_SIZE = 200;
const TIME_TO_LIVE = '6 hours';

/**
 * Sends the requests that net.http_post() queued, in place of pg_net's background worker.
 *
 * A batch is one transaction, as in pg_net 0.20: a slow request delays all later ones, and an
 * aborted one is sent again. Receivers must tolerate both.
 */
export function startNetWorker({ databaseUrl, say }: NetWorkerOptions): NetWorker {
  const stopping = new AbortController();
  const loop = startDatabaseLoop({
    name: 'net',
    url: databaseUrl,
    turn: (database) => sendNextBatch(database, stopping.signal),
    pauseMs: () => PAUSE_MS,
    say,
  });
  return {
    stop: async () => {
      stopping.abort();
      await loop.stop();
    },
  };
}

async function sendNextBatch(database: pg.Pool, stopping: AbortSignal): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('begin');
    await sendBatch(client, stopping);
    await client.query('commit');
    client.release();
  } catch (failure) {
    // Closing the connection rolls back, even if no query would get through.
    client.release(true);
    throw failure;
  }
}

async function sendBatch(client: pg.ClientBase, stopping: AbortSignal): Promise<void> {
  const { rows } = await client.query<QueuedRequest>(
    `delete from net.http_request_queue
     where id in (select id from net.http_request_queue order by id limit $1)
     returning id, method, url, headers, body, timeout_milliseconds`,
    [BATCH_SIZE],
  );
  const answers = await Promise.all(rows.map((request) => send(request, stopping)));
  if (answers.length > 0) await store(client, answers);
}

async function store(client: pg.ClientBase, answers: Answer[]): Promise<void> {
  await client.query(
    `insert into net._http_response
       (id, status_code, content_type, headers, content, timed_out, error_msg)
     select * from jsonb_to_recordset($1) as answer (
       id bigint, status_code integer, content_type text, headers jsonb, content text,
       timed_out boolean, error_msg text
     )`,
    [JSON.stringify(answers)],
  );
  await client.query('delete from net._http_response where created < now() - $1::interval', [
    TIME_TO_LIVE,
  ]);
}

async function send(request: QueuedRequest, stopping: AbortSignal): Promise<Answer> {
  const { id, url, method, timeout_milliseconds: timeoutMs } = request;
  try {
    const response = await fetch(url, {
      method,
      headers: request.headers ?? {},
      body: request.body && new Uint8Array(request.body),
      signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
    });
    // Postgres' text cannot hold a NUL.
    const content = (await response.text()).replaceAll('\0', '');
    return {
      id,
      status_code: response.status,
      content_type: response.headers.get('content-type'),
      headers: Object.fromEntries(response.headers),
      content: content || null,
      timed_out: false,
    };
  } catch (failure) {
    stopping.throwIfAborted();
    return { id, ...describe(failure, timeoutMs) };
  }
}

function describe(failure: unknown, timeoutMs: number): Omit<Answer, 'id'> {
  if (failure instanceof DOMException && failure.name === 'TimeoutError') {
    return { timed_out: true, error_msg: `Timeout of ${timeoutMs} ms reached` };
  }
  // The error's own message is `fetch failed`; its cause has the reason.
  const cause = failure instanceof Error ? failure.cause ?? failure : failure;
  return { timed_out: false, error_msg: cause instanceof Error ? cause.message : String(cause) };
}
