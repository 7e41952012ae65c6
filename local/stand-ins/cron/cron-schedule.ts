import { Cron } from 'croner';

/** When a job of cron.job runs: in matching minutes, or some seconds after its last start. */
export type Schedule =
  | { kind: 'minutes'; matches(minute: Date): boolean }
  | { kind: 'interval'; seconds: number };

const INTERVAL = /^\s*([1-9]|[1-5]\d) seconds?\s*$/i;

/**
 * Reads a schedule as pg_cron does: `1-59 seconds`, five fields in GMT, or a name such as `@daily`.
 *
 * Returns null for an invalid schedule, and for `@reboot` and `$`, which are not supported.
 */
export function parseSchedule(text: string): Schedule | null {
  const seconds = INTERVAL.exec(text)?.[1];
  if (seconds !== undefined) return { kind: 'interval', seconds: Number(seconds) };
  const [, , dayOfMonth = '*', , dayOfWeek = '*'] = text.trim().split(/\s+/);
  // Vixie cron's rule: a day must fit both fields if one begins with a star, else either of them.
  const domAndDow = dayOfMonth.startsWith('*') || dayOfWeek.startsWith('*');
  try {
    const cron = new Cron(text, { mode: '5-part', utcOffset: 0, domAndDow });
    return { kind: 'minutes', matches: (minute) => cron.match(minute) };
  } catch {
    return null;
  }
}
