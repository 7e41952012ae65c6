/** How many bookings were read, and their results. */
export type Counts = {
  /** Bookings that Cal.com listed; one that two queries found counts twice. */
  seen: number;
  /** Bookings of other hosts. */
  foreign: number;
  /** Bookings without the documented form. */
  unreadable: number;
  /** Snapshots that changed the calendar. */
  applied: number;
  /** Snapshots that the calendar already matched. */
  unchanged: number;
  /** Snapshots kept in `webhook_logs` with a reason. */
  deferred: number;
  failed: number;
};

/** Counts that are all zero. */
export function noCounts(): Counts {
  return {
    seen: 0,
    foreign: 0,
    unreadable: 0,
    applied: 0,
    unchanged: 0,
    deferred: 0,
    failed: 0,
  };
}

/** Adds counts to a sum. */
export function addCounts(sum: Counts, counts: Counts): void {
  for (const name of COUNTED) sum[name] += counts[name];
}

const COUNTED = Object.keys(noCounts()) as (keyof Counts)[];
