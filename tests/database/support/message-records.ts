import type { TestDatabase } from '../../support/database.ts';

/** A message as it is stored, with times of Warsaw such as `11-23 17:00:00`. */
export async function readMessage(database: TestDatabase, messageId: string) {
  const [row] = await database.query(
    `select status, reason, error_code as code, attempts, provider, segments, phone,
       provider_message_id as "providerId", provider_status as "providerStatus",
       ${local('next_attempt_at')} as next, ${local('lease_until')} as "leaseUntil",
       ${local('dispatch_started_at')} as "startedAt", ${local('maybe_sent_since')} as "maybeSince",
       ${local('sent_at')} as "sentAt", ${local('final_at')} as "finalAt"
     from public.sms_messages where id = $1`,
    [messageId],
  );
  return row;
}

/** The stored attempts to send a message, in order. */
export async function readAttempts(database: TestDatabase, messageId: string) {
  return await database.query(
    `select provider, ${local('started_at')} as started, ${local('ended_at')} as ended, outcome,
       code, provider_message_id as "providerId"
     from public.sms_attempts where message_id = $1 order by started_at`,
    [messageId],
  );
}

function local(column: string): string {
  return `to_char(${column} at time zone 'Europe/Warsaw', 'MM-DD HH24:MI:SS')`;
}
