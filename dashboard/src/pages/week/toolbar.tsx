import { addDays, civilDateAt } from '../../../../shared/time/civil-date.ts';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Layout } from './week-page.tsx';

const LAYOUTS: readonly Layout[] = ['week', 'day', 'list'];

/** Selects the period and the layout. */
export function Toolbar({ layout, date, setLayout, setDate }: {
  layout: Layout;
  date: string;
  setLayout(layout: Layout): void;
  setDate(date: string): void;
}) {
  const t = useT();
  const { salon } = useSalon();
  const days = layout === 'day' ? 1 : 7;
  return (
    <div class='toolbar'>
      <div class='toolbar-time'>
        <button
          type='button'
          class='button button--plain'
          aria-label={t(layout === 'day' ? 'week.previousDay' : 'week.previous')}
          onClick={() => setDate(addDays(date, -days))}
        >
          <Icon name='left' />
        </button>
        <button
          type='button'
          class='button button--small'
          onClick={() => setDate(civilDateAt(new Date(), salon.timezone))}
        >
          {t('week.current')}
        </button>
        <button
          type='button'
          class='button button--plain'
          aria-label={t(layout === 'day' ? 'week.nextDay' : 'week.next')}
          onClick={() => setDate(addDays(date, days))}
        >
          <Icon name='right' />
        </button>
      </div>
      <div class='segments' role='group' aria-label={t('week.view')}>
        {LAYOUTS.map((each) => (
          <button
            key={each}
            type='button'
            aria-pressed={each === layout}
            onClick={() => setLayout(each)}
          >
            {t(`week.${each}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
