import type { TestDatabase } from '../../support/database.ts';

/** A kind of message that has a text of its own. */
export type TextKind =
  | 'second_reminder'
  | 'third_reminder'
  | 'booked'
  | 'moved'
  | 'cancelled'
  | 'answer';

/** Switches texts of a salon on, long ago unless told; `hours` is for further reminders. */
export async function enableTexts(
  database: TestDatabase,
  salonId: string,
  kinds: readonly TextKind[],
  { hours = 2, since = '2026-01-01 12:00Z' } = {},
): Promise<void> {
  await database.query(
    `insert into public.sms_texts (salon_id, kind, enabled, hours_before)
     select $1, unnest($2::public.sms_message_kind[]), true, $3`,
    [salonId, kinds, hours],
  );
  await database.query('update public.sms_texts set enabled_at = $2 where salon_id = $1', [
    salonId,
    since,
  ]);
}
