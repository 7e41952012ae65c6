import { addDays, mondayOf } from '../../../../shared/time/civil-date.ts';
import { useLanguage } from '../../i18n/use-language.tsx';
import { dateFormat, rangeFormat } from '../../time/date-format.ts';
import type { Layout } from './layout.ts';

/** The name of the visible period: a day, or a week such as `23–29 listopada 2026`. */
export function usePeriodText(layout: Layout, date: string): string {
  const { locale } = useLanguage();
  if (layout === 'day') {
    const day = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const;
    return dateFormat(locale, day)(date);
  }
  const monday = mondayOf(date);
  return rangeFormat(locale)(monday, addDays(monday, 6));
}
