import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { addDays, civilDateAt } from '../../../../shared/time/civil-date.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { rangeFormat } from '../../time/date-format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { ExportCard } from './export-card.tsx';
import { PeriodFigures } from './period-figures.tsx';

const PERIODS = [30, 90, 365] as const;
type Period = typeof PERIODS[number];

/** The salon's statistics: appointments, cancellations and no-shows. */
export function StatsPage() {
  const t = useT();
  const { locale } = useLanguage();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [days, setDays] = useState<Period>(PERIODS[0]);
  const today = civilDateAt(new Date(), salon.timezone);
  const from = addDays(today, 1 - days);
  const query = useQuery({
    queryKey: ['stats', salon.id, from, today],
    queryFn: () => calendar.getDailyStats(salon.id, from, today),
  });
  return (
    <>
      <PageHead title={t('stats.title')} detail={rangeFormat(locale)(from, today)}>
        <div class='segments' role='group' aria-label={t('stats.period')}>
          {PERIODS.map((each) => (
            <button
              key={each}
              type='button'
              aria-pressed={each === days}
              onClick={() => setDays(each)}
            >
              {each === 365 ? t('stats.year') : t('stats.days', { count: each })}
            </button>
          ))}
        </div>
      </PageHead>
      <Loaded query={query}>{(stats) => <PeriodFigures stats={stats} />}</Loaded>
      <ExportCard key={salon.id} today={today} />
    </>
  );
}
