import { withClient } from '../../../local/postgres/client.ts';
import type { TestDatabase } from '../../support/database.ts';
import { answerAlerts, linesOf, passAlertTime, runAlerts } from './alerts.ts';

/** The lines of the two problems that tests cause. */
export const MISSING = 'jobs_missing, a job is not scheduled';
export const FAILING = 'jobs_failing, a job failed when it last ran';

/** A project in which nothing is wrong, with Slack as its channel. */
export interface AlertScene {
  /** Schedules all jobs. */
  schedule(): Promise<unknown>;
  /** Causes {@link MISSING}. */
  unschedule(): Promise<unknown>;
  /** Causes or ends {@link FAILING}. */
  setFailing(isFailing: boolean): Promise<unknown>;
  /** One run, whose messages get this answer, accepted unless told; returns their lines. */
  told(status?: number | null): Promise<string[]>;
  /** Runs of the job, five minutes apart. */
  toldWithin(minutes: number): Promise<string[]>;
}

/** Creates it, and forgets the salons and alerts of the tests before. */
export async function createAlertScene(database: TestDatabase): Promise<AlertScene> {
  const schedule = () =>
    database.query(
      'select cron.schedule(jobname, schedule, command) from private.scheduled_jobs()',
    );
  async function told(status: number | null = 200): Promise<string[]> {
    const requests = await runAlerts(database);
    await answerAlerts(database, requests, status);
    return requests.flatMap(linesOf);
  }

  await database.query('delete from private.alerts');
  await database.query('delete from public.salons');
  await database.query('delete from net.http_request_queue');
  await database.query('delete from net._http_response');
  await database.query(
    `select private.setup_alerts('https://hooks.slack.com/services/T/B/x', null, '', '', '')`,
  );
  await database.query('delete from private.alerts');
  await schedule();
  return {
    schedule,
    unschedule: () => database.query(`select cron.unschedule('barkbook_erase')`),
    setFailing: (isFailing) =>
      withClient(database.adminUrl, (client) =>
        client.query(
          isFailing
            ? `insert into cron.job_run_details (jobid, username, status, start_time)
               select jobid, username, 'failed', now() from cron.job where jobname = 'barkbook_retry'`
            : 'delete from cron.job_run_details',
        )),
    told,
    toldWithin: async (minutes) => {
      const lines: string[] = [];
      for (let passed = 0; passed < minutes; passed += 5) {
        await passAlertTime(database, 5);
        lines.push(...await told());
      }
      return lines;
    },
  };
}
