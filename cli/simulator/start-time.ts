import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readTime } from '../time/read-time.ts';
import { addDays, civilDateAt } from '../../shared/time/civil-date.ts';
import { instantAt } from '../../shared/time/wall-time.ts';

const OPENING_TIME = '10:00';

/**
 * When the first booking of a case begins: `at` to the minute, in the salon's zone unless it names
 * another zone; tomorrow at ten if it is null.
 */
export function readStart(at: string | null, timeZone: string, now: Date): Date {
  if (at === null) {
    const tomorrow = addDays(civilDateAt(now, timeZone), 1);
    return instantAt(`${tomorrow}T${OPENING_TIME}`, timeZone);
  }
  const start = readTime(at, timeZone);
  if (start === null) {
    throw new SetupProblem(
      `--at ${at} is not a time: write 2026-12-01T10:00 for the salon's time, or add a zone as ` +
        'in 2026-12-01T10:00Z',
    );
  }
  return start;
}
