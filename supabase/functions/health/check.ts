import type { DatabaseResult } from '../_shared/rpc.ts';
import { type HealthProblem, type HealthReport, judge } from './judge.ts';

/** The body of an answer; it contains nothing about a single salon or person. */
export type Health = {
  ok: boolean;
  failing: (HealthProblem | 'database_unreachable' | 'server_misconfigured')[];
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

  const failing = judge(report.value, nowMs);
  const { last_delivery_at, oldest_unapplied_at, dead_letters, passed_over, scheduler_ran_at } =
    report.value;
  return {
    ok: failing.length === 0,
    failing,
    checkedAt,
    lastDeliveryAt: last_delivery_at,
    oldestUnappliedAt: oldest_unapplied_at,
    deadLetters: dead_letters,
    passedOver: passed_over,
    schedulerRanAt: scheduler_ran_at,
  };
}
