import { type DataApi, rowsOf } from '../project/data-api.ts';

/** A row of calendar_events with the names that its ids stand for. */
export type Appointment = Awaited<ReturnType<typeof readAppointments>>[number];

/** The rows with these ids, the earliest first. */
export async function readAppointments(calendar: DataApi, eventIds: string[]) {
  return await rowsOf(
    calendar
      .from('calendar_events')
      .select(
        `cal_com_event_id, status, title, start_time, end_time, cancellation_reason, link_source,
         client:clients(name, surname), pet:pets(name)`,
      )
      .in('id', eventIds)
      .order('start_time'),
  );
}
