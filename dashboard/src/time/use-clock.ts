import { useMemo } from 'preact/hooks';
import { createFormat, type Format } from '../../../shared/calendar/format.ts';
import { useSalon } from '../data/salon.tsx';
import { useLanguage } from '../i18n/use-language.tsx';

/** Formats instants in the salon's zone and the language of the page, wherever the reader is. */
export function useClock(): Format {
  const { salon: { timezone } } = useSalon();
  const { locale } = useLanguage();
  return useMemo(() => createFormat(timezone, locale), [timezone, locale]);
}
