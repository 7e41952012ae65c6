import { addDays, type CivilDate, startOfDay } from '../../../shared/time/civil-date.ts';

/** The first and last instant of the days from `first` to `last` in a zone. */
export function spanOfDays(
  first: CivilDate,
  last: CivilDate,
  timeZone: string,
): { from: Date; to: Date } {
  const end = startOfDay(addDays(last, 1), timeZone);
  return { from: startOfDay(first, timeZone), to: new Date(end.getTime() - 1) };
}
