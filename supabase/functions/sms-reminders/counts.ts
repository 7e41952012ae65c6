/** What a run did. Each claimed message counts in exactly one of the five after `claimed`. */
export type Counts = {
  planned: number;
  skipped: number;
  /** Salons that planning passed over. */
  broken: number;
  claimed: number;
  sent: number;
  /** Sent or tried again later. */
  retried: number;
  failed: number;
  /** May have been sent. */
  unknown: number;
  /** Not to be sent any more: appointment cancelled, consent withdrawn, number unusable, … */
  dropped: number;
  ms: number;
};

/** A run that has done nothing yet. */
export function noCounts(): Counts {
  return {
    planned: 0,
    skipped: 0,
    broken: 0,
    claimed: 0,
    sent: 0,
    retried: 0,
    failed: 0,
    unknown: 0,
    dropped: 0,
    ms: 0,
  };
}
