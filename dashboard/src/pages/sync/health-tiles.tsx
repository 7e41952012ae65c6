import type { WebhookHealth } from '../../../../shared/calendar/sync.ts';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { useHealth } from './use-health.ts';

/** The figures of the last 24 hours. */
export function HealthTiles() {
  return <Loaded query={useHealth()}>{([health]) => health && <Figures health={health} />}</Loaded>;
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
  return (
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
  );
}
