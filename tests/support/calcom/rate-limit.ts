/** Whether a request is granted, and the headers that say how many are left. */
export type Allowance = { granted: boolean; headers: Record<string, string> };

/** What the keys of a server have used up. */
export interface RateLimit {
  /** Counts a request of this key. */
  take(key: string): Allowance;
  /** Grants each key so many requests, however long they take, until this is called again. */
  set(requests: number, retryAfterSeconds?: number): void;
}

const MINUTE_MS = 60_000;
const REQUESTS_A_MINUTE = 120;

/** The limit of Cal.com's API for each key: 120 requests a minute, by this clock. */
export function createRateLimit(now: () => number): RateLimit {
  const used = new Map<string, { since: number; requests: number }>();
  let most = REQUESTS_A_MINUTE;
  let lastsMs = MINUTE_MS;
  let retryAfterSeconds: number | undefined;

  return {
    take: (key) => {
      const last = used.get(key);
      const use = last !== undefined && now() - last.since < lastsMs
        ? last
        : { since: now(), requests: 0 };
      use.requests += 1;
      used.set(key, use);
      const granted = use.requests <= most;
      return {
        granted,
        headers: {
          'x-ratelimit-limit-default': String(most),
          'x-ratelimit-remaining-default': String(Math.max(0, most - use.requests)),
          'x-ratelimit-reset-default': String(Math.ceil((use.since + MINUTE_MS - now()) / 1000)),
          ...(granted || retryAfterSeconds === undefined
            ? {}
            : { 'retry-after': String(retryAfterSeconds) }),
        },
      };
    },
    set: (requests, seconds) => {
      used.clear();
      most = requests;
      lastsMs = Number.POSITIVE_INFINITY;
      retryAfterSeconds = seconds;
    },
  };
}
