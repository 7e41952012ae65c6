import { useT } from '../../i18n/use-language.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { FailedDeliveries } from './failed-deliveries.tsx';
import { HealthTiles } from './health-tiles.tsx';
import { LagChart } from './lag-chart.tsx';
import { RateChart } from './rate-chart.tsx';
import { FeedCard } from './feed-card.tsx';
import './sync.css';

/** The state of the sync with Cal.com. */
export function SyncPage() {
  const t = useT();
  return (
    <>
      <PageHead title={t('sync.title')} detail={t('sync.day')} />
      <HealthTiles />
      <FailedDeliveries />
      <div class='figures'>
        <RateChart />
        <LagChart />
      </div>
      <FeedCard />
    </>
  );
}
