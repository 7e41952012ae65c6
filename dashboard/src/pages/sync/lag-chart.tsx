import { useQuery } from '@tanstack/preact-query';
import { useMemo } from 'preact/hooks';
import type { SyncLag } from '../../../../shared/calendar/sync.ts';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Loaded } from '../../ui/loaded.tsx';

const APPOINTMENTS = 50;
const POLL_MS = 60_000;

/** How long the latest bookings took to reach the calendar. */
export function LagChart() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['lag', salon.id],
    queryFn: () => calendar.getSyncLag({ salonId: salon.id, limit: APPOINTMENTS }),
    refetchInterval: usePolling(POLL_MS),
  });
  return <Loaded query={query}>{(appointments) => <Lag appointments={appointments} />}</Loaded>;
}

function Lag({ appointments }: { appointments: readonly SyncLag[] }) {
  const t = useT();
  const { locale } = useLanguage();
  const { salon: { timezone } } = useSalon();
  const chart = useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, {
      timeZone: timezone,
      day: 'numeric',
      month: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
    const oldestFirst = appointments.toReversed();
    return {
      labels: oldestFirst.map(({ created_at: at }) => format.format(new Date(at))),
      series: [{
        label: t('sync.lag'),
        color: '--accent' as const,
        values: oldestFirst.map(({ lag_seconds: lag }) => lag),
      }],
    };
  }, [appointments, t, locale, timezone]);
  if (appointments.length === 0) {
    return (
      <section class='card'>
        <h2>{t('sync.chartLag')}</h2>
        <p class='muted'>{t('sync.noLag')}</p>
      </section>
    );
  }
  return (
    <Figure
      title={t('sync.chartLag')}
      hint={t('sync.chartLagHint')}
      heading={t('sync.booked')}
      kind='line'
      {...chart}
    />
  );
}
