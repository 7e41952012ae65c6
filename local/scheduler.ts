import type pg from 'pg';
import { SUPERUSER } from './postgres.ts';
import { parseSchedule } from './scheduler/cron-schedule.ts';
import { startDatabaseLoop } from './scheduler/database-loop.ts';
import { type CronJob, failBrokenOffRuns, runJob } from './scheduler/run-job.ts';
import { createTimetable, type TimedJob } from './scheduler/timetable.ts';

/** Whose jobs to run. */
export interface SchedulerOptions {
  /** The database as a role that may log in. */
  url(role: string): string;
  say(line: string): void;
}

/** What runs the jobs. */
export interface Scheduler {
  /** Breaks off the jobs that run; they are written down as failed. */
  stop(): Promise<void>;
}

type JobRow = CronJob & { schedule: string };

const MS_PER_SECOND = 1_000;

/**
 * Runs the jobs of the database's cron.job, in place of pg_cron's background worker.
 *
 * Of a job's row, nodename and nodeport do not count: the server's port may be another by now.
 */
export function startScheduler({ url, say }: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const timetable = createTimetable(new Date());
  const unreadable = new Set<string>();
  let mayHaveOpenRuns = true;

  async function turn(books: pg.Pool): Promise<void> {
    const closeFirst = mayHaveOpenRuns;
    mayHaveOpenRuns = false;
    try {
      if (closeFirst) await failBrokenOffRuns(books);
      await startDueJobs(books);
    } catch (failure) {
      mayHaveOpenRuns = true;
      throw failure;
    }
  }

  async function startDueJobs(books: pg.Pool): Promise<void> {
    const { rows } = await books.query<JobRow>(
      `select jobid, jobname, schedule, command, username from cron.job
       where active and database = current_database() order by jobid`,
    );
    if (stopping.signal.aborted) return;
    for (const job of timetable.due(rows.flatMap(readSchedule), new Date())) {
      const run = runAndReport(job, books).finally(() => {
        running.delete(run);
        timetable.finished(job.jobid);
      });
      running.add(run);
    }
  }

  function readSchedule(job: JobRow): (CronJob & TimedJob)[] {
    const schedule = parseSchedule(job.schedule);
    if (schedule) return [{ ...job, schedule }];
    const complaint = `cron | ${nameOf(job)} never runs: no schedule is '${job.schedule}'`;
    if (!unreadable.has(complaint)) say(complaint);
    unreadable.add(complaint);
    return [];
  }

  async function runAndReport(job: CronJob, books: pg.Pool): Promise<void> {
    const outcome = await runJob(job, { books, url, stopping: stopping.signal }).catch(() => null);
    // Its end could not be written down: the server ended, or the connection did.
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
      // They need the loop's connection to be written down.
      await Promise.all(running);
      await loop.stop();
    },
  };
}

function nameOf(job: CronJob): string {
  return job.jobname ?? `job ${job.jobid}`;
}
