import type { Calendar } from '@event-calendar/core';
import type { TFunction } from 'i18next';
import { useMemo } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { openAnswer } from '../../appointments/open-answer.ts';
import { contactOf } from '../../appointments/contact.ts';

const OPENS_AT = '08:00';
const CLOSES_AT = '18:00';
const MS_PER_MINUTE = 60_000;

/** The appointments as entries of the calendar, with times in the salon's zone. */
export function useEntries(
  appointments: readonly CalendarEventWithDetails[],
  t: TFunction,
): Calendar.EventInput[] {
  return useMemo(() => appointments.map((appointment) => entryOf(appointment, t)), [
    appointments,
    t,
  ]);
}

function entryOf(appointment: CalendarEventWithDetails, t: TFunction): Calendar.EventInput {
  const { id, local_date: day, local_start: start, effective_status: status, pet } = appointment;
  const { name } = contactOf(appointment);
  const answer = openAnswer(appointment);
  const gone = status === 'cancelled' || status === 'no_show';
  return {
    id,
    start: `${day}T${start}:00`,
    end: endOf(appointment),
    title: pet?.name ?? t('appointment.noPet'),
    extendedProps: {
      localDate: day,
      details: [
        name ?? t('appointment.noClient'),
        ...(gone ? [t(`status.${status}`)] : []),
        ...(answer ? [t(`answer.${answer}`)] : []),
      ],
    },
    classNames: [`entry entry--${status}`],
  };
}

/** From the duration, since the end may be an earlier clock time when the clocks change. */
function endOf(appointment: CalendarEventWithDetails): string {
  const { local_date: day, local_start: start, duration_minutes: minutes } = appointment;
  const end = new Date(Date.parse(`${day}T${start}:00Z`) + (minutes ?? 0) * MS_PER_MINUTE);
  return end.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

/** The usual opening hours, extended to all appointments. */
export function hoursToShow(appointments: readonly CalendarEventWithDetails[]): {
  slotMinTime: string;
  slotMaxTime: string;
} {
  const first = [OPENS_AT, ...appointments.map(({ local_start: start }) => start)].toSorted().at(0);
  const last = [CLOSES_AT, ...appointments.map(lastShown)].toSorted().at(-1);
  return { slotMinTime: `${first?.slice(0, 2)}:00`, slotMaxTime: `${last}` };
}

function lastShown({ local_start: start, local_end: end }: CalendarEventWithDetails): string {
  return end > start ? end : '24:00';
}
