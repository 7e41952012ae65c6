import type { WebhookHealth } from '../../../../shared/calendar/sync.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useHealth } from './use-health.ts';

const CLASSES = { healthy: 'notice--good', attention: 'notice--warn', quiet: '' } as const;

/** One sentence for the owner: whether the calendar shows what Cal.com knows. */
export function HealthSentence() {
  return <Loaded query={useHealth()}>{([health]) => health && <Sentence {...health} />}</Loaded>;
}

function Sentence(
  { deliveries, error_count, processing_count, last_delivery_at: last }: WebhookHealth,
) {
  const t = useT();
  const { formatDate, formatTime } = useClock();
  const left = error_count + processing_count;
  const state = deliveries === 0 ? 'quiet' : left > 0 ? 'attention' : 'healthy';
  return (
    <p class={`notice ${CLASSES[state]}`}>
      {t(`sync.${state}`, { count: left })}{' '}
      {last && t('sync.lastWas', { when: `${formatDate(last)}, ${formatTime(last)}` })}
    </p>
  );
}
