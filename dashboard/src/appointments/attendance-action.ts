import type { TFunction } from 'i18next';
import type { Attendance } from '../../../shared/calendar/actions.ts';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import type { Action, Step } from '../actions/actions.tsx';

/** Says who came, or takes that back; Cal.com is told of an absence, too. */
export function attendanceAction(
  appointment: CalendarEventWithDetails,
  said: Attendance | null,
  t: TFunction,
): Action {
  const { id, attendance: before, status, effective_status } = appointment;
  const say = (attendance: Attendance | null, last: Attendance | null, change: object): Step => ({
    run: async (calendar) => {
      await calendar.setAttendance(id, attendance);
      if (attendance === 'no_show') await tellCalCom(calendar, id, true);
      else if (last === 'no_show') await tellCalCom(calendar, id, false);
    },
    shows: { rowId: id, change: { attendance, ...change } },
  });
  return {
    ...say(said, before, said === null ? {} : { status: said, effective_status: said }),
    done: t(said === null ? 'act.attendance.takenBack' : `act.attendance.${said}`),
    undo: say(before, said, { status, effective_status }),
  };
}

/**
 * What staff say counts, whether Cal.com takes it or not: a salon may have no key. A failure is in
 * the history of the appointment.
 */
async function tellCalCom(calendar: Calendar, eventId: string, absent: boolean): Promise<void> {
  await calendar.markAbsent(eventId, absent).catch(() => {});
}
