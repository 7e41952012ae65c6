import pg from 'pg';

/** A row of cron.job that may run. */
export interface CronJob {
  jobid: string;
  jobname: string | null;
  command: string;
  username: string;
}

/** The environment of a run. */
export interface RunContext {
  /** The database as the superuser, for cron.job_run_details. */
  records: pg.Pool;
  /** The database as a role that may log in. */
  url(role: string): string;
  /** Aborts the run. */
  stopping: AbortSignal;
}

/** How a run ended, as cron.job_run_details has it. */
export interface RunOutcome {
  status: 'succeeded' | 'failed';
  message: string;
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Runs a job once, as pg_cron does: in a new session of the job's user, without a transaction
 * around it, so that a procedure may commit. Rejects only when the run cannot be recorded.
 */
export async function runJob(job: CronJob, context: RunContext): Promise<RunOutcome> {
  const { records } = context;
  const { rows: [run] } = await records.query<{ runid: string }>(
    `insert into cron.job_run_details (jobid, database, username, command, status)
     values ($1, current_database(), $2, $3, 'starting') returning runid`,
    [job.jobid, job.username, job.command],
  );
  const outcome = await execute(job, context, async (pid) => {
    await records.query(
      `update cron.job_run_details
       set status = 'running', job_pid = $2, start_time = clock_timestamp() where runid = $1`,
      [run?.runid, pid],
    );
  });
  await records.query(
    `update cron.job_run_details
     set status = $2, return_message = $3, end_time = clock_timestamp() where runid = $1`,
    [run?.runid, outcome.status, outcome.message],
  );
  return outcome;
}

/** Records runs as failed that ended together with the server or this program. */
export async function failAbortedRuns(records: pg.Pool): Promise<void> {
  await records.query(
    `update cron.job_run_details set status = 'failed', return_message = 'server restarted'
     where status in ('starting', 'running') and database = current_database()`,
  );
}

async function execute(
  job: CronJob,
  { url, stopping }: RunContext,
  onStart: (pid: number | undefined) => Promise<void>,
): Promise<RunOutcome> {
  const client = new pg.Client({
    connectionString: url(job.username),
    application_name: 'pg_cron',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A lost connection fails the query too; without a listener its error event would end the stack.
  client.on('error', () => {});
  const abort = () => void client.end();
  try {
    await client.connect();
    const { rows: [session] } = await client.query<{ pid: number }>(
      'select pg_backend_pid() as pid',
    );
    await onStart(session?.pid);
    stopping.throwIfAborted();
    stopping.addEventListener('abort', abort);
    return { status: 'succeeded', message: describeResult(await client.query(job.command)) };
  } catch (failure) {
    return { status: 'failed', message: describeFailure(failure) };
  } finally {
    stopping.removeEventListener('abort', abort);
    await client.end();
  }
}

/** The last statement's result as pg_cron words it, such as `1 row` or `INSERT 0 3`. */
function describeResult(results: pg.QueryResult | pg.QueryResult[]): string {
  const last = [results].flat().at(-1);
  if (!last) return '';
  const { command, oid, rowCount } = last;
  if (last.fields.length > 0) return `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`;
  return [command, oid, rowCount].filter((part) => part !== null).join(' ');
}

function describeFailure(failure: unknown): string {
  if (failure instanceof pg.DatabaseError) return `${failure.severity}:  ${failure.message}`;
  return failure instanceof Error ? failure.message : String(failure);
}
