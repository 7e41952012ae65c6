import type { FunctionRow } from '../_shared/rpc.ts';

/** The state of all salons together; times as Postgres writes them. */
export type HealthReport = FunctionRow<'health_report'>;

/**
 * A problem.
 *
 * - `deliveries_unapplied`: a delivery has not been applied for an hour
 * - `retries_overdue`: a retry is more than a quarter of an hour late
 * - `dead_letters`: a delivery became a dead letter within the last day
 * - `reminders_overdue`: a reminder is more than half an hour late
 * - `salons_passed_over`: the reminder job has passed a salon over for more than half an hour
 * - `syncs_stale`: a salon has not been synced with Cal.com for two hours
 * - `reminders_not_woken`: the reminder job was not started for 20 minutes
 * - `sync_not_woken`: the sync was not started for 40 minutes
 * - `jobs_missing`: a job is not scheduled
 * - `scheduler_silent`: no job has run for a quarter of an hour
 * - `jobs_failing`: the last run of a job failed
 */
export type HealthProblem =
  | 'deliveries_unapplied'
  | 'retries_overdue'
  | 'dead_letters'
  | 'reminders_overdue'
  | 'salons_passed_over'
  | 'syncs_stale'
  | 'reminders_not_woken'
  | 'sync_not_woken'
  | 'jobs_missing'
  | 'scheduler_silent'
  | 'jobs_failing';

const MINUTE_MS = 60_000;
const UNAPPLIED_MS = 60 * MINUTE_MS;
const RETRY_OVERDUE_MS = 15 * MINUTE_MS;
const REMINDER_OVERDUE_MS = 30 * MINUTE_MS;
/** Four runs of each. */
const REMINDERS_UNWOKEN_MS = 20 * MINUTE_MS;
const SYNC_UNWOKEN_MS = 40 * MINUTE_MS;
const SCHEDULER_SILENT_MS = 15 * MINUTE_MS;

/** All problems at the time `nowMs`; none if everything is healthy. */
export function judge(report: HealthReport, nowMs: number): HealthProblem[] {
  const isOlder = (time: string | null, ms: number): boolean =>
    time !== null && nowMs - Date.parse(time) > ms;
  const checks: [HealthProblem, boolean][] = [
    ['deliveries_unapplied', isOlder(report.oldest_unapplied_at, UNAPPLIED_MS)],
    ['retries_overdue', isOlder(report.oldest_overdue_retry_at, RETRY_OVERDUE_MS)],
    ['dead_letters', report.dead_letters > 0],
    ['reminders_overdue', isOlder(report.oldest_overdue_reminder_at, REMINDER_OVERDUE_MS)],
    ['salons_passed_over', isOlder(report.oldest_passed_over_at, REMINDER_OVERDUE_MS)],
    ['syncs_stale', report.stale_syncs > 0],
    ['reminders_not_woken', isOlder(report.reminders_unwoken_since, REMINDERS_UNWOKEN_MS)],
    ['sync_not_woken', isOlder(report.sync_unwoken_since, SYNC_UNWOKEN_MS)],
    ['jobs_missing', report.missing_jobs > 0],
    ['scheduler_silent', isOlder(report.scheduler_ran_at, SCHEDULER_SILENT_MS)],
    ['jobs_failing', report.failing_jobs > 0],
  ];
  return checks.flatMap(([problem, isWrong]) => isWrong ? [problem] : []);
}
