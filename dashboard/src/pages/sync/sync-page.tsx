import { useT } from '../../i18n/use-language.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { FailedDeliveries } from './failed-deliveries.tsx';
import { FeedCard } from './feed-card.tsx';
import { HealthSentence } from './health-sentence.tsx';
import { SyncDetails } from './sync-details.tsx';
import './sync.css';

/** Whether the sync with Cal.com works, what failed, and the figures for whoever looks into it. */
export function SyncPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('sync.title')} />
      <HealthSentence />
      <FailedDeliveries />
      <FeedCard />
      <SyncDetails />
    </>
  );
}
