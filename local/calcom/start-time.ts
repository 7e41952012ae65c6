import { readInstant } from '../../shared/calcom/instant.ts';
import { SetupProblem } from '../setup-problem.ts';
import { daysAfter, instantAt, wallTimeOf } from './wall-time.ts';

const OPENING_TIME = '10:00';

/** Date, time to the minute, what is finer, and the zone. */
const TIME_PATTERN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * When the first booking of a case begins: `at` to the minute, in the salon's zone unless it names
 * another; tomorrow at ten when it is null.
 */
export function readStart(at: string | null, timeZone: string, now: Date): Date {
  if (at === null) {
    const [tomorrow = ''] = wallTimeOf(daysAfter(now, 1, timeZone), timeZone).split(' ');
    return instantAt(`${tomorrow}T${OPENING_TIME}`, timeZone);
  }
  const [, date, time, zone] = TIME_PATTERN.exec(at) ?? [];
  const instant = readInstant(`${date}T${time}:00${zone ?? 'Z'}`);
  if (instant === null) {
    throw new SetupProblem(
      `--at ${at} is not a time: write 2026-12-01T10:00 for the salon's time, or add a zone as ` +
        'in 2026-12-01T10:00Z',
    );
  }
  return zone === undefined ? instantAt(`${date}T${time}`, timeZone) : new Date(instant);
}
