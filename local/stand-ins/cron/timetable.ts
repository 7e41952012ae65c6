import type { Schedule } from './cron-schedule.ts';

/** The part of a job that the timetable uses. */
export interface TimedJob {
  jobid: string;
  schedule: Schedule;
}

/** Tracks which jobs are due and which are running. */
export interface Timetable {
  /** The jobs to start now; each counts as running until {@link finished} is called. */
  due<Job extends TimedJob>(jobs: readonly Job[], now: Date): Job[];
  finished(jobid: string): void;
}

interface Task {
  pending: number;
  isRunning: boolean;
  lastStartSecond: number;
}

const MS_PER_SECOND = 1_000;
const MS_PER_MINUTE = 60_000;

/**
 * Decides when jobs start, as pg_cron 1.6 does.
 *
 * Only one instance of a job runs at a time. Minutes that come due meanwhile run afterwards, an
 * interval at most once. Minutes in which `due` was not called are skipped: those before
 * `startedAt`, and those in which the computer slept.
 */
export function createTimetable(startedAt: Date): Timetable {
  const tasks = new Map<string, Task>();
  let lastMinute = minuteOf(startedAt);

  function taskOf(jobid: string, second: number): Task {
    const task = tasks.get(jobid) ?? { pending: 0, isRunning: false, lastStartSecond: second };
    tasks.set(jobid, task);
    return task;
  }

  function forgetAllBut(jobs: readonly TimedJob[]): void {
    const known = new Set(jobs.map(({ jobid }) => jobid));
    for (const [jobid, { isRunning }] of tasks) {
      if (!isRunning && !known.has(jobid)) tasks.delete(jobid);
    }
  }

  function due<Job extends TimedJob>(jobs: readonly Job[], now: Date): Job[] {
    const minute = minuteOf(now);
    // A clock that was set back must not run a minute twice.
    const isNewMinute = minute > lastMinute;
    if (isNewMinute) lastMinute = minute;
    const second = Math.floor(now.getTime() / MS_PER_SECOND);
    forgetAllBut(jobs);
    return jobs.filter(({ jobid, schedule }) => {
      const task = taskOf(jobid, second);
      if (schedule.kind === 'interval') {
        if (second - task.lastStartSecond >= schedule.seconds) task.pending = 1;
      } else if (isNewMinute && schedule.matches(new Date(minute))) {
        task.pending += 1;
      }
      if (task.isRunning || task.pending === 0) return false;
      task.pending -= 1;
      task.isRunning = true;
      task.lastStartSecond = second;
      return true;
    });
  }

  function finished(jobid: string): void {
    const task = tasks.get(jobid);
    if (task) task.isRunning = false;
  }

  return { due, finished };
}

function minuteOf(time: Date): number {
  return time.getTime() - time.getTime() % MS_PER_MINUTE;
}
