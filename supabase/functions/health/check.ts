import type { DatabaseResult, FunctionRow } from '../_shared/rpc.ts';

/** The state of all salons together, with its judgement; times as Postgres writes them. */
export type HealthReport = FunctionRow<'health_report'>;

/** The body of an answer; it contains nothing about a single salon or person. */
export type Health = {
  ok: boolean;
  /** Codes of `health_report`, or `database_unreachable`, or `server_misconfigured`. */
  failing: string[];
  checkedAt: string;
  lastDeliveryAt?: string | null;
  oldestUnappliedAt?: string | null;
  deadLetters?: number;
  /** How many salons the reminder job passes over, by SQLSTATE. */
  passedOver?: HealthReport['passed_over'];
  schedulerRanAt?: string | null;
};

/** Reads the report of the database. Never throws. */
export type ReadReport = () => Promise<DatabaseResult<HealthReport>>;

/** Checks the health once; `nowMs` is the current time. */
export async function checkHealth(readReport: ReadReport, nowMs: number): Promise<Health> {
  const checkedAt = new Date(nowMs).toISOString();
  const report = await readReport();
  if (!report.ok) return { ok: false, failing: ['database_unreachable'], checkedAt };

  const { failing, last_delivery_at, oldest_unapplied_at, dead_letters, passed_over } =
    report.value;
  return {
    ok: failing.length === 0,
    failing,
    checkedAt,
    lastDeliveryAt: last_delivery_at,
    oldestUnappliedAt: oldest_unapplied_at,
    deadLetters: dead_letters,
    passedOver: passed_over,
    schedulerRanAt: report.value.scheduler_ran_at,
  };
}
