import { addDays, mondayOf } from '../../../../shared/calendar/civil-day.ts';
import { useLanguage } from '../../i18n/use-language.tsx';
import type { Layout } from './week-page.tsx';

/** What is shown, in words: a day, or a week such as `23–29 listopada 2026`. */
export function usePeriodText(layout: Layout, date: string): string {
  const { locale } = useLanguage();
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    ...(layout === 'day' ? { weekday: 'long' } : {}),
  });
  if (layout === 'day') return format.format(new Date(date));
  const monday = mondayOf(date);
  return format.formatRange(new Date(monday), new Date(addDays(monday, 6)));
}
