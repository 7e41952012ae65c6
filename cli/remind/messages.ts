import { type DataApi, rowsOf } from '../project/data-api.ts';

/** A message with the names that its ids stand for. */
export type Message = Awaited<ReturnType<typeof readMessages>>[number];

/** The messages that changed since then, the most urgent first. */
export async function readMessages(since: string, database: DataApi) {
  return await rowsOf(
    database
      .from('sms_messages')
      .select(
        `kind, status, reason, error_code, body, phone, phone_number, local_date,
         next_attempt_at, sent_at, final_at, salon:salons(name, timezone), client:clients(name, surname),
         appointments:sms_message_events(start_time)`,
      )
      .gte('updated_at', since)
      .order('not_after')
      .order('start_time', { referencedTable: 'appointments' }),
  );
}
