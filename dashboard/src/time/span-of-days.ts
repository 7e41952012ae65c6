import { addDays, type CivilDate, startOfDay } from '../../../shared/time/civil-date.ts';

/** All instants of the days from `first` to `last` of a zone, as a range that includes both ends. */
export function spanOfDays(
  first: CivilDate,
  last: CivilDate,
  timeZone: string,
): { from: Date; to: Date } {
  const end = startOfDay(addDays(last, 1), timeZone);
  return { from: startOfDay(first, timeZone), to: new Date(end.getTime() - 1) };
}
