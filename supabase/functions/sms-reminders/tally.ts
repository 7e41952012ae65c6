/** What a run did. Every claimed message is in exactly one of the five counts after `claimed`. */
export type Counts = {
  planned: number;
  skipped: number;
  /** Salons passed over when planning. */
  broken: number;
  claimed: number;
  sent: number;
  /** Waits for another try. */
  retried: number;
  failed: number;
  /** Perhaps sent. */
  unknown: number;
  /** Not to be sent any more: visit gone, consent withdrawn, number unusable, and the like. */
  dropped: number;
  ms: number;
};

/** What became of one claimed message in this run. */
export type Fate = 'sent' | 'retried' | 'failed' | 'unknown' | 'dropped';

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

/** Answers of `sms_begin_dispatch` after which the message is tried again later. */
const POSTPONED: ReadonlySet<string> = new Set(['paused', 'quiet_hours', 'needs_rerender']);

/** What became of a message that may not be sent now. */
export function fateWhenRefused(answer: string): Fate {
  return POSTPONED.has(answer) ? 'retried' : 'dropped';
}

/** Answers of `sms_settle`. A lost lease says that another run has the message. */
const FATES: Readonly<Record<string, Fate>> = {
  sent: 'sent',
  late_ack: 'sent',
  duplicate_suspected: 'sent',
  failed: 'failed',
  dead: 'failed',
  retry: 'retried',
  paused: 'retried',
  unknown: 'unknown',
  held: 'unknown',
  lost_lease: 'dropped',
};

/** What became of a message whose outcome the database noted. */
export function fateWhenSettled(answer: string): Fate {
  return FATES[answer] ?? 'unknown';
}
