import { useQuery } from '@tanstack/preact-query';
import { useMemo } from 'preact/hooks';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Figure } from '../../ui/figure.tsx';
import { byHour, lastHours } from './by-hour.ts';
import type { Delivery } from '../../../../shared/calendar/deliveries.ts';

const POLL_MS = 60_000;

/** How many deliveries of each hour succeeded, are waiting, or failed. */
export function RateChart() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['deliveries', salon.id],
    queryFn: async () => {
      const hours = lastHours(new Date());
      const [since = new Date()] = hours;
      return { hours, deliveries: await calendar.getDeliveries(salon.id, since) };
    },
    refetchInterval: usePolling(POLL_MS),
  });
  return <Loaded query={query}>{(data) => <Hours {...data} />}</Loaded>;
}

function Hours({ hours, deliveries }: { hours: Date[]; deliveries: readonly Delivery[] }) {
  const t = useT();
  const { formatTime } = useClock();
  const chart = useMemo(() => {
    const counts = byHour(hours, deliveries);
    return {
      labels: hours.map((hour) => formatTime(hour)),
      series: [
        { label: t('sync.errors'), color: '--chart-bad' as const, values: counts.error },
        { label: t('sync.waiting'), color: '--chart-warn' as const, values: counts.processing },
        { label: t('sync.ok'), color: '--chart-good' as const, values: counts.success },
      ],
    };
  }, [hours, deliveries, t, formatTime]);
  return <Figure title={t('sync.chartRate')} heading={t('sync.hour')} kind='bars' {...chart} />;
}
