import { useQuery } from '@tanstack/preact-query';
import type { WebhookHealth } from '../../../../shared/calendar/sync.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';

const POLL_MS = 15_000;

/** The figures of the last 24 hours, and a summary. */
export function HealthTiles() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['health', salon.id],
    queryFn: () => calendar.getWebhookHealth({ salonId: salon.id }),
    refetchInterval: POLL_MS,
  });
  return <Loaded query={query}>{([health]) => health && <Figures health={health} />}</Loaded>;
}

function Figures({ health }: { health: WebhookHealth }) {
  const t = useT();
  const { locale } = useLanguage();
  const { formatDate, formatTime } = useClock();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const {
    deliveries,
    error_count: errors,
    processing_count: waiting,
    success_percentage: success,
    p50_duration_ms: p50,
    p95_duration_ms: p95,
    last_delivery_at: last,
  } = health;
  const state = deliveries === 0 ? 'quiet' : errors + waiting > 0 ? 'attention' : 'healthy';
  return (
    <>
      <p
        class={`notice ${
          state === 'healthy' ? 'notice--good' : state === 'attention' ? 'notice--warn' : ''
        }`}
      >
        {t(`sync.${state}`)}
      </p>
      <Tiles>
        <Tile
          label={t('sync.success')}
          value={success === null ? '–' : `${number.format(success)}%`}
          {...(errors > 0 ? { tone: 'bad' as const } : {})}
        />
        <Tile label={t('sync.deliveries')} value={number.format(deliveries)} />
        <Tile label={t('sync.waiting')} value={number.format(waiting)} />
        <Tile label={t('sync.errors')} value={number.format(errors)} />
        <Tile
          label={t('sync.duration')}
          value={p50 === null ? '–' : `${number.format(p50)} ms`}
          detail={p95 !== null && t('sync.durationMost', { p95: number.format(p95) })}
        />
        <Tile
          label={t('sync.last')}
          value={last ? formatTime(last) : '–'}
          detail={last ? formatDate(last) : t('sync.never')}
        />
      </Tiles>
    </>
  );
}
