import { median } from '../measure/load.ts';
import { row, section, verdict } from '../measure/report.ts';
import type { Plan, TableScan } from './plan.ts';

/** The times of contenders that were measured in turns. */
export type Turns = Record<'few' | 'million' | 'unguarded', number[]>;

/** The measurements of a view: whole requests, the database's part, and its plan. */
export type MeasuredView = { view: string; requestMs: Turns; databaseMs: Turns; plan: Plan };

/** Tables that grow over the years; the others have a few pages for each salon. */
const BIG_TABLES: readonly string[] = [
  'calendar_events',
  'webhook_logs',
  'sms_messages',
  'sms_message_events',
];

/** Reports the cost of the pages for one salon. */
export function reportViews(views: readonly MeasuredView[], requestsOfToday: number): string {
  const worst = (of: Column) => Math.max(...views.map((view) => of(view)));
  const scans = views.flatMap(({ plan }) => plan.scans);
  return [
    section('dashboard: one salon of a thousand appointments, among 10 salons and among 1,000', [
      row('', ['request', 'request', 'database', 'database', '']),
      row('', ['1M / 10k', 'RLS / none', '1M / 10k', 'RLS / none', 'rows']),
      ...views.map((view) =>
        row(view.view, [
          ...[requestGrowth, requestGuard, databaseGrowth, databaseGuard]
            .map((of) => of(view).toFixed(2)),
          String(view.plan.returned),
        ])
      ),
      '',
      verdict('1M / 10k events, request, worst view', worst(requestGrowth), { atMost: 1.5 }),
      verdict('1M / 10k events, database, worst view', worst(databaseGrowth), { atMost: 1.5 }),
      verdict('with / without RLS, request, worst view', worst(requestGuard), { atMost: 1.3 }),
      verdict('with / without RLS, database, worst view', worst(databaseGuard), { atMost: 1.3 }),
      verdict('requests for the page of today', requestsOfToday, { atMost: 1 }),
    ]),
    section('dashboard: what is read of a million appointments, by the member', [
      row('', ['rows read']),
      ...views.flatMap(({ view, plan }) => [view, ...bigTables(plan.scans)]),
      '',
      verdict('sequential scans of a table that grows', scans.filter(isSequential).length, {
        atMost: 0,
      }),
    ]),
  ].join('\n');
}

type Column = (view: MeasuredView) => number;

const requestGrowth: Column = ({ requestMs }) => ratio(requestMs.million, requestMs.few);
const requestGuard: Column = ({ requestMs }) => ratio(requestMs.million, requestMs.unguarded);
const databaseGrowth: Column = ({ databaseMs }) => ratio(databaseMs.million, databaseMs.few);
const databaseGuard: Column = ({ databaseMs }) => ratio(databaseMs.million, databaseMs.unguarded);

function bigTables(scans: readonly TableScan[]): string[] {
  return scans.filter(({ table }) => BIG_TABLES.includes(table)).map((
    { table, kind, index, rows },
  ) => row(`  ${table}`, [rows.toFixed(0)]) + `   ${kind} ${index}`.trimEnd());
}

function isSequential({ table, kind }: TableScan): boolean {
  return kind === 'Seq Scan' && BIG_TABLES.includes(table);
}

/** The median of the ratios of each round, so that a disturbance of a whole round cancels out. */
function ratio(of: readonly number[], to: readonly number[]): number {
  return median(of.map((ms, round) => ms / (to[round] ?? NaN)));
}
