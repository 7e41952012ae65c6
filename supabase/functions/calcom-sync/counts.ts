/** How many bookings were read, and what they changed. */
export type Counts = {
  /** Bookings that Cal.com listed; one that two queries found counts twice. */
  seen: number;
  /** Of other hosts. */
  foreign: number;
  /** Not in the form Cal.com's documentation gives. */
  unreadable: number;
  /** Snapshots that changed the calendar. */
  applied: number;
  /** The calendar said the same already. */
  unchanged: number;
  /** Superseded by newer webhooks. */
  stale: number;
  /** Kept in `webhook_logs` with a reason. */
  deferred: number;
  failed: number;
};

/** Nothing yet. */
export function noCounts(): Counts {
  return {
    seen: 0,
    foreign: 0,
    unreadable: 0,
    applied: 0,
    unchanged: 0,
    stale: 0,
    deferred: 0,
    failed: 0,
  };
}

/** Adds the second to the first. */
export function addCounts(sum: Counts, counts: Counts): void {
  for (const name of COUNTED) sum[name] += counts[name];
}

const COUNTED = Object.keys(noCounts()) as (keyof Counts)[];
