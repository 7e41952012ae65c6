/** An event whose lateness is known, or any other. */
export type LateEvent = keyof typeof LATE_BY_MS;

/** A whole number between two, both included. */
export type Between = (least: number, most: number) => number;

/**
 * How much later than the event its `createdAt` is, from the least to the most. Hosted Cal.com stamps
 * an event when it queues the delivery: its deliveries of 8 September 2026, compared with the times
 * of the same bookings in its API (github.com/hawkyre/cal_com, test/support/fixtures/cal_com).
 */
const LATE_BY_MS = {
  created: [20_000, 45_000],
  requested: [36_000, 37_000],
  confirmed: [20_900, 20_900],
  rejected: [1750, 1750],
  rescheduled: [36_600, 36_600],
  cancelled: [20_000, 35_000],
  rescheduleRequested: [500, 500],
  /** Nobody has measured these: as late as any of the others. */
  other: [500, 45_000],
} as const;

/** How long after its stamp a delivery is sent. */
const SENT_AFTER_MS = [1000, 2000] as const;

/** The `createdAt` of a delivery about an event, in milliseconds since 1970. */
export function stampOf(event: LateEvent, happenedAtMs: number, between: Between): number {
  const [least, most] = LATE_BY_MS[event];
  return happenedAtMs + between(least, most);
}

/** When Cal.com sends a delivery with this stamp. */
export function sentAt(stampMs: number, between: Between): number {
  return stampMs + between(...SENT_AFTER_MS);
}
