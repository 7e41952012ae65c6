/** Formats instants in a salon's zone, wherever the reader is. */
export type Format = {
  /** `09:30` */
  formatTime(instant: string | Date): string;
  /** `24 listopada 2026` */
  formatDate(instant: string | Date): string;
  /** `wtorek, 24 listopada 2026` */
  formatDateWithWeekday(instant: string | Date): string;
};

/** The formats for a zone, in Polish by default. */
export function createFormat(timeZone: string, locale = 'pl-PL'): Format {
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const date = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
  const dateWithWeekday = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
  return {
    formatTime: (instant) => time.format(new Date(instant)),
    formatDate: (instant) => date.format(new Date(instant)),
    formatDateWithWeekday: (instant) => dateWithWeekday.format(new Date(instant)),
  };
}
