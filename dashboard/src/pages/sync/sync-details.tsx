import { useState } from 'preact/hooks';
import { useT } from '../../i18n/use-language.tsx';
import { HealthTiles } from './health-tiles.tsx';
import { LagChart } from './lag-chart.tsx';
import { RateChart } from './rate-chart.tsx';

/** The figures of the last day, loaded when they are opened. */
export function SyncDetails() {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class='section details' onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('sync.details')}</summary>
      {isOpen && (
        <>
          <p class='muted'>{t('sync.day')}</p>
          <HealthTiles />
          <div class='figures'>
            <RateChart />
            <LagChart />
          </div>
        </>
      )}
    </details>
  );
}
