const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** What a calendar and a clock on the salon's wall show. */
export type WallTime = {
  /** Days from 1 January 1970 to this date, whatever the length of the days between. */
  civilDay: number;
  /** `wtorek` */
  weekday: string;
  /** `24.11` */
  date: string;
  /** `14:00` */
  time: string;
};

/**
 * Makes a reader of instants in a zone. The words come from `Intl` and may carry spaces that differ
 * between runtimes, so whoever puts them in a text cleans it afterwards.
 *
 * @throws RangeError when the runtime does not know the zone; the reader when the instant is invalid.
 */
export function wallClock(timezone: string, locale: string): (instant: Date) => WallTime {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });

  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    const midnight = Date.UTC(
      Number(part('year')),
      Number(part('month')) - 1,
      Number(part('day')),
    );
    return {
      civilDay: midnight / MS_PER_DAY,
      weekday: part('weekday'),
      date: `${part('day')}.${part('month')}`,
      time: `${part('hour')}:${part('minute')}`,
    };
  };
}
