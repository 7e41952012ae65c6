import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';

/** A change to an appointment of the day. */
export type Change = {
  kind: 'added' | 'moved' | 'cancelledNow' | 'gone';
  appointment: CalendarEventWithDetails;
};

/** The changes between two states of the same day. */
export function changesBetween(
  before: readonly CalendarEventWithDetails[],
  after: readonly CalendarEventWithDetails[],
): Change[] {
  const known = new Map(before.map((appointment) => [appointment.id, appointment]));
  const left = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((appointment) => {
      const kind = changeOf(known.get(appointment.id), appointment);
      return kind ? [{ kind, appointment }] : [];
    }),
    ...before.filter(({ id }) => !left.has(id)).map((appointment) => ({
      kind: 'gone' as const,
      appointment,
    })),
  ];
}

function changeOf(
  before: CalendarEventWithDetails | undefined,
  after: CalendarEventWithDetails,
): Change['kind'] | null {
  if (before === undefined) return 'added';
  if (before.status !== 'cancelled' && after.status === 'cancelled') return 'cancelledNow';
  return before.start_time === after.start_time ? null : 'moved';
}
