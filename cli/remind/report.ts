import { maskPhone } from '../../shared/sms/mask-phone.ts';
import type { ReminderPreview } from '../../supabase/functions/sms-reminders/preview.ts';
import { wallTimeOf } from '../../shared/time/wall-time.ts';
import type { Message } from './messages.ts';
import { explain } from './reasons.ts';
import { formatTable, type Row } from './table.ts';

const NONE = '-';

/** The messages of a run as a table; times are the salon's. */
export function formatMessages(messages: readonly Message[]): string {
  return formatTable(
    ['salon', 'client', 'phone', 'kind', 'appointment', 'status', 'when'],
    messages.map(messageRow),
  );
}

/** What a run would do, as a table; times are the salon's. */
export function formatPreviews(reminders: readonly ReminderPreview[]): string {
  return formatTable(
    ['salon', 'client', 'phone', 'kind', 'appointment', 'status', 'when'],
    reminders.map(previewRow),
  );
}

function messageRow(message: Message): Row {
  const { salon, client, status, reason, error_code, body, local_date, appointments } = message;
  const { kind, phone, phone_number, sent_at, final_at, next_attempt_at } = message;
  const number = phone ?? phone_number;
  const cells = [
    salon.name,
    client === null ? NONE : `${client.name} ${client.surname}`,
    number === null ? NONE : maskPhone(number.replaceAll(' ', '')),
    kind,
    // An appointment that has moved since then no longer belongs to this message.
    appointments[0] === undefined
      ? local_date
      : localTime(appointments[0].start_time, salon.timezone),
    status,
    localTime(sent_at ?? final_at ?? next_attempt_at, salon.timezone),
  ];
  return { cells, text: explain(reason, error_code) ?? body ?? NONE };
}

function previewRow(reminder: ReminderPreview): Row {
  const { salon, client, phone, kind, appointments, timezone, sendAt, skipReason, body } = reminder;
  const cells = [
    salon,
    client ?? NONE,
    phone ?? NONE,
    kind ?? NONE,
    localTime(appointments[0]?.startTime ?? null, timezone),
    skipReason === null ? 'to be sent' : 'to be skipped',
    localTime(sendAt, timezone),
  ];
  return { cells, text: explain(skipReason, null) ?? body ?? NONE };
}

/** A held message waits until Postgres' infinity, which is no time in JavaScript. */
function localTime(time: string | null, timeZone: string | null): string {
  const instant = new Date(time ?? Number.NaN);
  if (Number.isNaN(instant.getTime())) return NONE;
  try {
    return wallTimeOf(instant, timeZone ?? 'UTC');
  } catch {
    // Postgres may know newer zones than this runtime. The other salons are shown all the same.
    return `${instant.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`;
  }
}
