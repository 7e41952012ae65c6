import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const TOKEN_CHARACTERS = 12;

/**
 * Stores a message to the client of an appointment, as `sms_begin_dispatch` does, and returns the
 * token of the link in it.
 */
export async function insertLink(
  query: (text: string, values: unknown[]) => Promise<unknown>,
  eventId: string,
): Promise<string> {
  const token = Array.from(
    randomBytes(TOKEN_CHARACTERS),
    (byte) => ALPHABET.charAt(byte % ALPHABET.length),
  ).join('');
  await query(
    `with message as (
       insert into public.sms_messages (salon_id, client_id, local_date, phone_number, phone, body,
         encoding, segments, status, next_attempt_at, not_after, dispatch_started_at, sent_at)
       select e.salon_id, e.client_id, current_date, c.phone_number,
         private.e164(c.phone_number), 'Wizyta #…', 'GSM-7', 1, 'sent', now(), e.start_time, now(),
         now()
       from public.calendar_events e join public.clients c on c.id = e.client_id where e.id = $1
       returning id
     ), told as (
       insert into private.sms_told_events (event_id, start_time, message_id)
       select e.id, e.start_time, message.id from message, public.calendar_events e where e.id = $1
     )
     insert into private.client_links (token_hash, message_id)
     select decode($2, 'hex'), message.id from message`,
    [eventId, createHash('sha256').update(token).digest('hex')],
  );
  return token;
}
