import { useMemo } from 'preact/hooks';
import { createFormat, type Format } from '../../../shared/calendar/format.ts';
import { useSalon } from '../data/salon.tsx';
import { useLanguage } from '../i18n/use-language.tsx';

/** Writes instants on the salon's clock, wherever the reader is, in the language of the page. */
export function useClock(): Format {
  const { salon: { timezone } } = useSalon();
  const { locale } = useLanguage();
  return useMemo(() => createFormat(timezone, locale), [timezone, locale]);
}
