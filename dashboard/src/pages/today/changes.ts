import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';

/** What happened to a visit of the day since it was last looked at. */
export type Change = {
  kind: 'added' | 'moved' | 'cancelledNow' | 'gone';
  visit: CalendarEventWithDetails;
};

/** What is to be told of two looks at the same day. */
export function changesBetween(
  before: readonly CalendarEventWithDetails[],
  after: readonly CalendarEventWithDetails[],
): Change[] {
  const known = new Map(before.map((visit) => [visit.id, visit]));
  const left = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((visit) => {
      const kind = changeOf(known.get(visit.id), visit);
      return kind ? [{ kind, visit }] : [];
    }),
    ...before.filter(({ id }) => !left.has(id)).map((visit) => ({ kind: 'gone' as const, visit })),
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
