import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { at, booking, deliver, type UpsertAnswer } from './deliveries.ts';
import type { TestSalon } from './salons.ts';

/** Delivers through the own webhook of a salon, as an event of 11:00 unless told. */
export async function deliverSignedBy(
  database: TestDatabase,
  { id: salonId }: TestSalon,
  delivered: Partial<CalendarBooking>,
): Promise<UpsertAnswer> {
  return await deliver(database, booking({ ...at(11), ...delivered }), { salonId });
}

/** Every uid of a salon's appointments, past ones included. */
export async function readUids(database: TestDatabase, { id }: TestSalon): Promise<unknown[]> {
  return await database.query(
    `select private.cal_com_event_id(u.booking_uid, u.seat_id) as cal_com_event_id,
       private.cal_com_event_id(u.replaced_uid, u.replaced_seat_id) as replaces, u.generation
     from public.calendar_event_uids u join public.calendar_events e on e.id = u.event_id
     where e.salon_id = $1 order by 1`,
    [id],
  );
}

/** Everything about appointments and deliveries that the owner of a salon can read. */
export async function visibleTo(database: TestDatabase, { ownerId }: TestSalon): Promise<string> {
  return await database.as('authenticated', ownerId, async (client) => {
    const { rows } = await client.query(
      `select (select jsonb_agg(e) from public.calendar_events e) as events,
         (select jsonb_agg(jsonb_build_array(l.error_message, l.warnings, l.cal_com_event_id))
          from public.webhook_logs l) as logs`,
    );
    return JSON.stringify(rows);
  });
}
