import type { TFunction } from 'i18next';
import type { Attendance } from '../../../shared/calendar/actions.ts';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { CalendarError, type CalendarErrorCode } from '../../../shared/calendar/calendar-error.ts';
import type { Action, Step } from '../actions/actions.tsx';

/** Cal.com looked at the booking and said no. */
const REFUSED: readonly CalendarErrorCode[] = ['calcom_refused', 'too_early'];

/** Says who came, or takes that back; Cal.com is told of an absence, too. */
export function attendanceAction(
  appointment: CalendarEventWithDetails,
  said: Attendance | null,
  t: TFunction,
): Action {
  const { id, start_time, attendance: before, status, effective_status } = appointment;
  const say = (attendance: Attendance | null, last: Attendance | null, change: object): Step => ({
    run: async (calendar) => {
      await calendar.setAttendance({ id, start_time, attendance: last }, attendance);
      if (attendance !== 'no_show' && last !== 'no_show') return 'told';
      return await tellCalCom(calendar, id, attendance === 'no_show').catch(async (refusal) => {
        await calendar.setAttendance({ id, start_time, attendance }, last).catch(unlessChanged);
        throw refusal;
      });
    },
    shows: { rowId: id, change: { attendance, ...change } },
  });
  const done = t(said === null ? 'act.attendance.takenBack' : `act.attendance.${said}`);
  return {
    ...say(said, before, said === null ? {} : { status: said, effective_status: said }),
    doneWith: (result) => ({
      done: result === 'untold' ? `${done} ${t('act.attendance.untold')}` : done,
      undo: say(before, said, { status, effective_status }),
    }),
  };
}

/** What somebody else has said meanwhile stays. */
function unlessChanged(error: unknown): void {
  if (error instanceof CalendarError && error.detail === 'attendance_changed') return;
  throw error;
}

/**
 * Throws only if Cal.com refuses. Otherwise what staff say counts, whether Cal.com hears of it or not:
 * a salon may have no key.
 */
async function tellCalCom(
  calendar: Calendar,
  eventId: string,
  absent: boolean,
): Promise<'told' | 'untold'> {
  try {
    await calendar.markAbsent(eventId, absent);
    return 'told';
  } catch (error) {
    const code = error instanceof CalendarError ? error.code : null;
    if (code !== null && REFUSED.includes(code)) throw error;
    return code === 'key_missing' ? 'told' : 'untold';
  }
}
