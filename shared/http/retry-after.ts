/** The longest wait: after a day, no reminder is of use any more. */
const MAX_SECONDS = 24 * 60 * 60;

/** Reads `Retry-After`, seconds or an HTTP date, as seconds from now; null if it is neither. */
export function readRetryAfter(header: string | null): number | null {
  const text = header?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : secondsUntil(text);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, Math.ceil(seconds)), MAX_SECONDS);
}

function secondsUntil(httpDate: string): number {
  return httpDate.endsWith(' GMT') ? (Date.parse(httpDate) - Date.now()) / 1000 : NaN;
}
