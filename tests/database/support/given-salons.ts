import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking, deliver, type TestSalon, type UpsertAnswer } from './booking.ts';
import { at } from './seated-slot.ts';

/** Delivers whatever a salon signs with its own secret, an hour after all else unless told. */
export async function signFor(
  database: TestDatabase,
  { id: salonId }: TestSalon,
  delivered: Partial<CalendarBooking>,
): Promise<UpsertAnswer> {
  return await deliver(database, booking({ ...at(11), ...delivered }), { salonId });
}

/** Every id that a salon's appointments have or had. */
export async function readUids(database: TestDatabase, { id }: TestSalon): Promise<unknown[]> {
  return await database.query(
    `select u.cal_com_event_id, u.replaces, u.generation
     from public.calendar_event_uids u join public.calendar_events e on e.id = u.event_id
     where e.salon_id = $1 order by 1`,
    [id],
  );
}

/** Everything the owner of a salon can read. */
export async function seenBy(database: TestDatabase, { ownerId }: TestSalon): Promise<string> {
  return await database.as('authenticated', ownerId, async (client) => {
    const { rows } = await client.query(
      `select (select jsonb_agg(e) from public.calendar_events e) as events,
         (select jsonb_agg(jsonb_build_array(l.error_message, l.warnings, l.cal_com_event_id))
          from public.webhook_logs l) as logs`,
    );
    return JSON.stringify(rows);
  });
}
