import { APPOINTMENT_COLUMNS } from '../../../shared/calendar/appointment.ts';
import type { Subject } from './scene.ts';

/** The query of a page for a view: as a request, and in SQL. */
export type ViewQuery = { view: string; search: string; sql: string };

type Filter = [column: string, operator: 'eq' | 'gte' | 'lte', value: string];
type Ask = { select?: string; filters: Filter[]; order: string; limit?: number };

const SQL_OPERATORS: Readonly<Record<Filter[1], string>> = { eq: '=', gte: '>=', lte: '<=' };
const STARTED_AT_MS = Date.now();
const MAX_ROWS = 1_000;

const CLIENT = 'client:clients(id,name,surname)';

/** The queries of the dashboard's pages for one salon, as in shared/calendar. */
const ASKS: Readonly<Record<string, (of: Subject) => Ask>> = {
  todays_appointments: (of) => ({
    select: APPOINTMENT_COLUMNS,
    filters: [ofSalon(of)],
    order: 'start_time',
  }),
  this_weeks_appointments: (of) => ({
    select: APPOINTMENT_COLUMNS,
    filters: [ofSalon(of)],
    order: 'start_time',
  }),
  appointments: (of) => ({
    select: APPOINTMENT_COLUMNS,
    filters: [ofSalon(of), ['start_time', 'gte', inDays(-7)], ['start_time', 'lte', inDays(7)]],
    order: 'start_time',
  }),
  upcoming_appointments: (of) => ({
    select: APPOINTMENT_COLUMNS,
    filters: [ofPet(of)],
    order: 'start_time',
    limit: 10,
  }),
  pet_history: (of) => ({
    select: APPOINTMENT_COLUMNS,
    filters: [ofPet(of)],
    order: 'start_time.desc',
    limit: 50,
  }),
  appointment_daily_stats: (of) => ({
    filters: [
      ofSalon(of),
      ['local_date', 'gte', inDays(-90).slice(0, 10)],
      ['local_date', 'lte', inDays(0).slice(0, 10)],
    ],
    order: 'local_date',
  }),
  reminder_log: (of) => ({
    select: `*,${CLIENT}`,
    filters: [ofSalon(of)],
    order: 'created_at.desc',
    limit: 50,
  }),
  upcoming_reminders: (of) => ({
    select: `*,${CLIENT},pet:pets(id,name)`,
    filters: [ofSalon(of)],
    order: 'send_at',
    limit: 50,
  }),
  webhook_health: (of) => ({ filters: [ofSalon(of)], order: 'salon_id' }),
  failed_deliveries: (of) => ({ filters: [ofSalon(of)], order: 'created_at.desc', limit: 50 }),
  sync_lag: (of) => ({ filters: [ofSalon(of)], order: 'created_at.desc', limit: 10 }),
};

/** The views that are measured. */
export const VIEWS = Object.keys(ASKS);

function ofSalon({ salonId }: Subject): Filter {
  return ['salon_id', 'eq', salonId];
}

function ofPet({ petId }: Subject): Filter {
  return ['pet_id', 'eq', petId];
}

/** Days from the beginning of the run, so that a query stays the same. */
function inDays(days: number): string {
  return new Date(STARTED_AT_MS + days * 86_400_000).toISOString();
}

/** The query of a view for one salon. */
export function viewQuery(view: string, of: Subject): ViewQuery {
  const ask = ASKS[view];
  if (ask === undefined) throw new Error(`no query of ${view}`);
  const { select = '*', filters, order, limit = MAX_ROWS } = ask(of);
  const search = new URLSearchParams({ select: select.replaceAll(/\s/g, ''), order });
  for (const [column, operator, value] of filters) search.append(column, `${operator}.${value}`);
  search.set('limit', String(limit));
  const where = filters.map(([column, operator, value]) =>
    `${column} ${SQL_OPERATORS[operator]} '${value}'`
  );
  return {
    view,
    search: search.toString(),
    sql: `select * from public.${view} where ${where.join(' and ')}
      order by ${order.replace('.', ' ')} limit ${limit}`,
  };
}
