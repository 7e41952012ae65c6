import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readTime } from '../time/read-time.ts';
import { addDays, civilDateAt } from '../../shared/time/civil-date.ts';
import { instantAt } from '../../shared/time/wall-time.ts';

const OPENING_TIME = '10:00';
const LAST_MINUTE = '23:59';
const TODAY = 'today';
const HALF_HOUR_MINUTES = 30;

/**
 * When the first booking of a case begins: `at` to the minute, in the salon's zone unless it names
 * another zone; tomorrow at ten if it is null; later today if it is `today`.
 */
export function readStart(at: string | null, timeZone: string, now: Date): Date {
  if (at === null) {
    const tomorrow = addDays(civilDateAt(now, timeZone), 1);
    return instantAt(`${tomorrow}T${OPENING_TIME}`, timeZone);
  }
  if (at === TODAY) return laterToday(timeZone, now);
  const start = readTime(at, timeZone);
  if (start === null) {
    throw new SetupProblem(
      `--at ${at} is not a time: write today, 2026-12-01T10:00 for the salon's time, or add a ` +
        'zone as in 2026-12-01T10:00Z',
    );
  }
  return start;
}

/** Ten o'clock, or else the next half hour, or in the last half hour of the day its last minute. */
function laterToday(timeZone: string, now: Date): Date {
  const today = civilDateAt(now, timeZone);
  const at = (time: string) => instantAt(`${today}T${time}`, timeZone);
  const halfHour = HALF_HOUR_MINUTES * 60_000;
  const nextHalfHour = new Date(Math.floor(now.getTime() / halfHour + 1) * halfHour);
  const choices = [at(OPENING_TIME), nextHalfHour, at(LAST_MINUTE)];
  const start = choices.find((time) => time > now && civilDateAt(time, timeZone) === today);
  if (start !== undefined) return start;
  throw new SetupProblem(
    `today is over in ${timeZone}: leave --at out for tomorrow at ${OPENING_TIME}`,
  );
}
