/**
 * Cal.com reads from a replica and the clocks of its machines differ a little: an answer may or may
 * not contain what happened within the last minute.
 */
const SETTLED_MS = 60_000;

/**
 * The time before which everything is contained in an answer. That is a minute before the request was
 * sent, by our clock or by Cal.com's, whichever is behind: Cal.com dates its webhooks by its own.
 *
 * @param servedAtMs The `Date` header of the answer, NaN if it has none.
 */
export function completeAsOf(sentAtMs: number, servedAtMs: number): number {
  const tookMs = Date.now() - sentAtMs;
  const asOfMs = Number.isNaN(servedAtMs) ? sentAtMs : Math.min(sentAtMs, servedAtMs - tookMs);
  return asOfMs - SETTLED_MS;
}
