import { Cron } from 'croner';
import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { deployAgain } from '../next.ts';

type LastRun = {
  name: string;
  schedule: string;
  /** Null if it never ran to its end. */
  status: 'succeeded' | 'failed' | null;
  message: string | null;
  /** Seconds since its last run started. */
  age: number | null;
  /** Seconds since the jobs were set up. */
  set_up: number | null;
};

const GRACE_SECONDS = 15 * 60;
const MAX_MESSAGE_CHARACTERS = 200;

/** Whether each job that is switched on ran when it should have, and ended well. */
export const jobRuns: Check = {
  name: 'job runs',
  needs: 'extensions',
  async run(target) {
    const rows = await target.database.rows<LastRun>(
      `select j.jobname as name, j.schedule, r.status, r.return_message as message,
         extract(epoch from now() - r.start_time)::float8 as age,
         extract(epoch from now() - private.scheduled_at())::float8 as set_up
       from cron.job j
       left join lateral (
         select d.* from cron.job_run_details d
         where d.jobid = j.jobid and d.status in ('succeeded', 'failed')
         order by d.runid desc limit 1
       ) r on true
       where j.active and j.jobname in (select n.jobname from private.scheduled_jobs() n)
       order by 1`,
    );
    if (rows.length === 0) return unjudged('no job is switched on, see jobs');
    const broken = rows.filter(({ status }) => status === 'failed');
    const silent = rows.filter(isSilent);
    if (broken.length > 0) {
      return failed(
        listed(
          broken.map(({ name, message }) =>
            `${name} failed: ${(message ?? '').slice(0, MAX_MESSAGE_CHARACTERS).trim()}`
          ),
        ),
        `correct what it says, or ${deployAgain(target)}`,
      );
    }
    if (silent.length > 0) {
      return failed(
        `did not run for too long: ${listed(silent.map(({ name }) => name))}`,
        target.kind === 'hosted'
          ? "restart the project (Settings, General): pg_cron's worker has stopped"
          : `restart the database: ${deployAgain(target)}`,
      );
    }
    const waiting = rows.filter(({ age }) => age === null).length;
    return passed(
      `${rows.length - waiting} ran` + (waiting > 0 ? `, ${waiting} not due since the set-up` : ''),
    );
  },
};

function isSilent({ schedule, age, set_up }: LastRun): boolean {
  const waited = Math.min(age ?? Infinity, set_up ?? Infinity);
  return waited > intervalSeconds(schedule) + GRACE_SECONDS;
}

/** Between two runs of a schedule of pg_cron's. */
function intervalSeconds(schedule: string): number {
  const [first, second] = new Cron(schedule, { mode: '5-part', utcOffset: 0 }).nextRuns(2);
  return first && second ? (second.getTime() - first.getTime()) / 1000 : 0;
}
