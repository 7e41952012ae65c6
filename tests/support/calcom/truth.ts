import { emailOf, nameOf } from '../../../cli/simulator/world/people.ts';
import type { Booker } from '../../../cli/simulator/world/salons.ts';
import { readEmail } from '../../../shared/calcom/contact.ts';
import type { CalcomAccount, StoredBooking } from './account.ts';

/** What matters to a salon. Cal.com does not tell whether a booking had to be confirmed. */
export type TrueAppointment = {
  uid: string;
  start: string;
  end: string;
  status: 'pending' | 'live' | 'completed' | 'no_show' | 'cancelled';
  name: string;
  email: string | null;
  phone: string;
  location: string;
  /** The Cal.com username of who hosts now. */
  host: string;
};

/** Every appointment that Cal.com has at that time, ordered by uid. */
export function trueAppointments({ bookings }: CalcomAccount, nowMs: number): TrueAppointment[] {
  return bookings
    .filter(({ rescheduledTo }) => rescheduledTo === null)
    .flatMap((stored) => {
      const { booking, seats, absent } = stored;
      if (seats === null) {
        return [appointmentOf(stored, booking.uid, booking.booker, absent, nowMs)];
      }
      return seats.map((seat) =>
        appointmentOf(stored, `${booking.uid}#${seat.seatId}`, seat.booker, seat.absent, nowMs)
      );
    })
    .sort((one, other) => one.uid < other.uid ? -1 : 1);
}

function appointmentOf(
  { booking, status }: StoredBooking,
  uid: string,
  booker: Booker,
  absent: boolean,
  nowMs: number,
): TrueAppointment {
  const over = booking.end.getTime() <= nowMs;
  const outcome = absent ? 'no_show' : over ? 'completed' : 'live';
  return {
    uid,
    start: booking.start.toISOString(),
    end: booking.end.toISOString(),
    status: status === 'accepted' ? outcome : status === 'pending' ? 'pending' : 'cancelled',
    name: nameOf(booker),
    email: readEmail(emailOf(booker)),
    phone: booker.phone,
    location: booking.location,
    host: booking.host.username,
  };
}

/** The calendar in the same form. */
export const CALENDAR_QUERY = `
  select e.cal_com_event_id as uid,
    to_char(e.start_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start,
    to_char(e.end_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as end,
    case when e.status in ('scheduled', 'confirmed') then 'live' else e.status end as status,
    e.attendee_name as name, e.attendee_email as email, e.attendee_phone as phone, e.location, e.host_username as host
  from public.calendar_events e
  where e.salon_id = $1
  order by e.cal_com_event_id collate "C"`;
