import type pg from 'pg';
import { SUPERUSER } from '../../postgres/logins.ts';
import { startDatabaseLoop } from '../database-loop.ts';
import { parseSchedule } from './cron-schedule.ts';
import { type CronJob, failAbortedRuns, runJob } from './run-job.ts';
import { createTimetable, type TimedJob } from './timetable.ts';

/** The database whose jobs run. */
export interface SchedulerOptions {
  /** The database as a role that may log in. */
  url(role: string): string;
  say(line: string): void;
}

/** A running scheduler. */
export interface Scheduler {
  /** Aborts the running jobs; they are recorded as failed. */
  stop(): Promise<void>;
}

type JobRow = CronJob & { schedule: string };

const MS_PER_SECOND = 1_000;

/**
 * Runs the jobs of the database's cron.job, in place of pg_cron's background worker.
 *
 * It ignores a job's nodename and nodeport, since the server's port may have changed.
 */
export function startScheduler({ url, say }: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const timetable = createTimetable(new Date());
  const reported = new Set<string>();
  let mayHaveOpenRuns = true;

  async function turn(records: pg.Pool): Promise<void> {
    const closeFirst = mayHaveOpenRuns;
    mayHaveOpenRuns = false;
    try {
      if (closeFirst) await failAbortedRuns(records);
      await startDueJobs(records);
    } catch (failure) {
      mayHaveOpenRuns = true;
      throw failure;
    }
  }

  async function startDueJobs(records: pg.Pool): Promise<void> {
    const { rows } = await records.query<JobRow>(
      `select jobid, jobname, schedule, command, username from cron.job
       where active and database = current_database() order by jobid`,
    );
    if (stopping.signal.aborted) return;
    for (const job of timetable.due(rows.flatMap(readSchedule), new Date())) {
      const run = runAndReport(job, records).finally(() => {
        running.delete(run);
        timetable.finished(job.jobid);
      });
      running.add(run);
    }
  }

  function readSchedule(job: JobRow): (CronJob & TimedJob)[] {
    const schedule = parseSchedule(job.schedule);
    if (schedule) return [{ ...job, schedule }];
    const problem = `cron | ${nameOf(job)} never runs: '${job.schedule}' is not a schedule`;
    if (!reported.has(problem)) say(problem);
    reported.add(problem);
    return [];
  }

  async function runAndReport(job: CronJob, records: pg.Pool): Promise<void> {
    const outcome = await runJob(job, { records, url, stopping: stopping.signal }).catch(() =>
      null
    );
    // The end could not be recorded: the server or the connection has ended.
    if (outcome === null) mayHaveOpenRuns = true;
    if (outcome?.status !== 'failed' || stopping.signal.aborted) return;
    say(`cron | ${nameOf(job)} failed: ${outcome.message}`);
  }

  const loop = startDatabaseLoop({
    name: 'cron',
    url: url(SUPERUSER),
    turn,
    pauseMs: () => MS_PER_SECOND - Date.now() % MS_PER_SECOND,
    say,
  });
  return {
    stop: async () => {
      stopping.abort();
      // Runs need the loop's connection to be recorded.
      await Promise.all(running);
      await loop.stop();
    },
  };
}

function nameOf(job: CronJob): string {
  return job.jobname ?? `job ${job.jobid}`;
}
