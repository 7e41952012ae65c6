import { createBookingActions } from '../_shared/calcom/booking-actions.ts';
import { calcomPages } from '../_shared/calcom/pages.ts';
import { actForSalon, readApiKey } from '../_shared/calcom/salon-actions.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Outcome } from './answer.ts';
import type { Caller } from './caller.ts';
import type { BookCommand, EventTypesCommand } from './command.ts';
import type { Service } from './service.ts';

/** What can be booked in a salon of the caller. */
export async function readEventTypesOf(
  { salonId, clientId, petId }: EventTypesCommand,
  caller: Caller,
  { database, calcom, appUrl }: Service,
): Promise<Outcome> {
  const read = await caller.bookingContact(salonId, clientId, petId);
  if (!read.ok) return read;
  if (read.value === null) return refuse('not_found');
  const { cal_com_username: username, name, phone, email } = read.value.seen;
  const key = await readApiKey(database, salonId);
  if (!key.ok) return refuse('database_unavailable', { cause: key.code, salonId });
  if (username === null) return refuse('key_missing', { salonId });
  const client = clientId && { name: name ?? '', phone, email, clientId, petId };
  const url = calcomPages(appUrl).bookNew(username, client || null);
  if (key.value === null) return refuse('key_missing', { salonId, url });
  const listed = await createBookingActions(key.value, calcom).eventTypes(username);
  return listed.ok
    ? { ok: true, kind: 'event_types', salonId, eventTypes: listed.value }
    : { ...listed, salonId, url };
}

/** Books an appointment for a client of the caller's salon in Cal.com. */
export async function book(
  { salonId, eventTypeId, start, clientId, petId, requestKey }: BookCommand,
  caller: Caller,
  { database, calcom, appUrl }: Service,
): Promise<Outcome> {
  const read = await caller.bookingContact(salonId, clientId, petId);
  if (!read.ok) return read;
  if (read.value === null) return refuse('not_found');
  const { userId, seen } = read.value;
  const { cal_com_username: host, timezone: timeZone, name, phone, email } = seen;
  const attendee = { name, phone, email, timeZone };
  const result = await actForSalon(database, calcom, {
    salonId,
    host,
    action: 'book',
    actorId: userId,
    requestKey,
    eventId: null,
    clientId,
    command: {
      action: 'book',
      booking: { eventTypeId, start, attendee, clientId, petId, requestKey },
    },
  });
  if (result.ok) return { ...result, kind: 'done', action: 'book', salonId };
  const page = host === null
    ? {}
    : { url: calcomPages(appUrl).bookNew(host, { ...attendee, clientId, petId }) };
  return { ...result, salonId, ...page };
}
