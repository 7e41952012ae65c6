import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';

/** Every order of the items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest])
  );
}

/** The same event reported by a second webhook: other bytes, sent a moment later. */
export function fromSecondWebhook(booking: CalendarBooking): CalendarBooking {
  if (booking.occurredAt === null) return booking;
  return {
    ...booking,
    occurredAt: new Date(Date.parse(booking.occurredAt) + 3).toISOString(),
  };
}
