import { useLanguage } from '../i18n/use-language.tsx';
import { dateFormat } from './date-format.ts';

/** Formats a time in the salon's zone, `2026-11-23 17:00 …`, as `pon., 23 lis, 17:00 …`. */
export function useLocalMoment(): (local: string) => string {
  const { locale } = useLanguage();
  const day = dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' });
  return (local) => {
    const date = local.slice(0, 'YYYY-MM-DD'.length);
    return `${day(date)}, ${local.slice(date.length + 1)}`;
  };
}
