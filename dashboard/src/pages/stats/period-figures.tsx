import { useMemo } from 'preact/hooks';
import type { DailyStats } from '../../../../shared/calendar/salons.ts';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { dateFormat } from '../../time/date-format.ts';
import { Figure } from '../../ui/figure.tsx';
import { Message } from '../../ui/states.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { byWeek, totalOf } from './sums.ts';

/** More bars would be too thin to distinguish. */
const MAX_DAYS = 45;

/** The totals of a period and a chart of them. */
export function PeriodFigures({ stats }: { stats: readonly DailyStats[] }) {
  const t = useT();
  const { locale } = useLanguage();
  const daily = stats.length <= MAX_DAYS;
  const chart = useMemo(() => {
    const rows = daily ? stats : byWeek(stats);
    const label = dateFormat(locale, { day: 'numeric', month: 'numeric' });
    return {
      labels: rows.map(({ local_date: date }) => label(date)),
      series: [
        {
          label: t('stats.noShows'),
          color: '--chart-warn' as const,
          values: rows.map((r) => r.no_shows),
        },
        {
          label: t('stats.cancelled'),
          color: '--chart-bad' as const,
          values: rows.map((r) => r.cancelled),
        },
        {
          label: t('stats.appointments'),
          color: '--chart-good' as const,
          values: rows.map((r) => r.appointments),
        },
      ],
    };
  }, [stats, daily, locale, t]);
  const { appointments, completed, cancelled, no_shows: noShows } = totalOf(stats);
  const all = appointments + cancelled + noShows;
  if (all === 0) {
    return <Message title={t('stats.empty')} icon='chart'>{t('stats.emptyNext')}</Message>;
  }
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const share = (part: number) => t('stats.rate', { percent: percent.format(part / all) });
  return (
    <>
      <Tiles>
        <Tile label={t('stats.appointments')} value={appointments} />
        <Tile label={t('stats.completed')} value={completed} />
        <Tile label={t('stats.cancelled')} value={cancelled} detail={share(cancelled)} />
        <Tile label={t('stats.noShows')} value={noShows} detail={share(noShows)} />
      </Tiles>
      <Figure
        title={t('stats.chart')}
        hint={t(daily ? 'stats.byDay' : 'stats.byWeek')}
        heading={t(daily ? 'stats.date' : 'stats.week')}
        kind='bars'
        {...chart}
      />
    </>
  );
}
