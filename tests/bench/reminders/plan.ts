import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase } from '../database/server.ts';
import { type CallTime, openJob } from './job.ts';

/** A scan of appointments in a plan: its index, its condition and its number of rows. */
export type AppointmentScan = { index: string; condition: string; appointments: number };

/** The parts of a node of EXPLAIN's tree that are used here. */
type PlanNode = {
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
};

/** Plans everything that is due; resolves with the time of each call for one message. */
export async function planAll(database: BenchDatabase): Promise<CallTime[]> {
  const job = await openJob(database);
  const times: CallTime[] = [];
  let after: string | null = null;
  do {
    const { planned, next, time } = await job.plan(after);
    times.push({ executingMs: time.executingMs / planned, waitedMs: time.waitedMs / planned });
    after = next;
  } while (after !== null);
  await job.close();
  return times;
}

/** The scans of `sms_plan` for a salon without planned reminders, and its due appointments. */
export async function explainPlan(
  database: BenchDatabase,
): Promise<{ scans: AppointmentScan[]; due: number }> {
  return await withClient(database.url('postgres'), async (client) => {
    const { rows: [salon] } = await client.query<{ id: string; due: number }>(
      `select salon_id as id, count(*)::integer as due from public.calendar_events
       where start_time > now() group by salon_id limit 1`,
    );
    await client.query('begin');
    await client.query('set local role sms_worker');
    const { rows: [row] } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (analyze, costs off, timing off, summary off, format json)
       select * from public.due_reminders where salon_id = '${salon?.id}'`,
    );
    await client.query('rollback');
    if (salon === undefined || row === undefined) throw new Error('Nothing is due');
    return { scans: appointmentScans(row['QUERY PLAN'][0].Plan), due: salon.due };
  });
}

function appointmentScans(node: PlanNode): AppointmentScan[] {
  const below = (node.Plans ?? []).flatMap(appointmentScans);
  if (node['Relation Name'] !== 'calendar_events') return below;
  const appointmentsALoop = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  return [{
    index: node['Index Name'] ?? 'no index',
    condition: readable(node['Index Cond'] ?? ''),
    appointments: node['Actual Loops'] * appointmentsALoop,
  }, ...below];
}

/** Each term of a condition once, without brackets, casts and names of the plan. */
function readable(condition: string): string {
  const terms = condition.replace(/\(InitPlan \d+\)\.col1/g, 'now')
    .replace(/'[0-9a-f-]{36}'/g, 'its id')
    .replace(/::\w+|\w+\.(?=\w)|private\.sms_|[()]/g, '')
    .split(' AND ');
  return [...new Set(terms)].join(', ');
}
