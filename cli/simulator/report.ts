import { wallTimeOf } from '../../shared/time/wall-time.ts';
import type { Delivery } from './deliveries/delivery.ts';
import type { Reply } from './send.ts';
import type { Appointment } from './appointments.ts';

const TIME_OF_DAY = 'YYYY-MM-DD '.length;
const MAX_ANSWER_CHARACTERS = 500;

/** A delivery and its answer, two lines. */
export function formatExchange(delivery: Delivery, { status, text }: Reply): string {
  const { trigger, uid, about, expectedStatus } = delivery;
  const surprise = status === expectedStatus ? '' : `  expected ${expectedStatus}`;
  const line = [trigger, uid, about].filter((part) => part !== null).join('  ');
  return `${line}\n  ${status} ${text.slice(0, MAX_ANSWER_CHARACTERS)}${surprise}`;
}

/** The request as it was sent. The secret is not part of it. */
export function formatRequest({ body }: Delivery, { headers }: Reply): string {
  const lines = Object.entries(headers).map(([name, value]) => `  > ${name}: ${value}`);
  return [...lines, `  > ${body}`].join('\n');
}

/** An appointment in the calendar; times are the salon's. */
export function formatAppointment(appointment: Appointment, timeZone: string): string {
  const start = wallTimeOf(new Date(appointment.start_time), timeZone);
  const end = wallTimeOf(new Date(appointment.end_time), timeZone).slice(TIME_OF_DAY);
  const { client, pet } = appointment;
  const linked = client === null
    ? 'no client'
    : `${client.name} ${client.surname} with ${
      pet?.name ?? 'no pet'
    }, by ${appointment.link_source}`;
  const reason = appointment.cancellation_reason === null
    ? ''
    : ` (${appointment.cancellation_reason})`;
  return [
    `  ${start} to ${end}  ${appointment.status}${reason}`,
    `    ${appointment.title}`,
    `    ${linked}; cal_com_event_id ${appointment.cal_com_event_id}`,
  ].join('\n');
}

/** Where to look without the keys of the project; the log says why there is no row. */
export function lookupHint(uids: string[], becameRows: boolean): string {
  const patterns = uids.map((uid) => `'${uid}%'`).join(', ');
  const table = becameRows ? 'calendar_events' : 'webhook_logs';
  const query = uids.length === 0
    ? 'select * from webhook_logs order by created_at desc limit 1;'
    : `select * from ${table} where cal_com_event_id like any (array[${patterns}]);`;
  return `To see the result, run this in the SQL editor of the project:\n  ${query}`;
}

/** The difference between what a case makes and what came of it; null: nobody knows their statuses. */
export function describeShortfall(
  expected: readonly string[],
  actual: readonly string[] | null,
): string {
  const wanted = expected.join(', ') || 'nothing';
  const found = actual === null ? 'another number of appointments' : actual.join(', ') || 'nothing';
  return `this case should have made: ${wanted}, not ${found}. The answers above say why`;
}
