import { addDays, civilDateAt } from '../../../../shared/time/civil-date.ts';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Shown } from './address.ts';
import { isDate, LAYOUTS } from './layout.ts';

/** Selects the period and the layout. */
export function Toolbar({ layout, date, show }: Shown & {
  show(change: Partial<Shown>): void;
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
          onClick={() => show({ date: addDays(date, -days) })}
        >
          <Icon name='left' />
        </button>
        <button
          type='button'
          class='button button--small'
          onClick={() => show({ date: civilDateAt(new Date(), salon.timezone) })}
        >
          {t('week.current')}
        </button>
        <button
          type='button'
          class='button button--plain'
          aria-label={t(layout === 'day' ? 'week.nextDay' : 'week.next')}
          onClick={() => show({ date: addDays(date, days) })}
        >
          <Icon name='right' />
        </button>
      </div>
      <input
        type='date'
        class='toolbar-date'
        aria-label={t('week.goTo')}
        value={date}
        onChange={({ currentTarget: { value } }) => {
          if (isDate(value)) show({ date: value });
        }}
      />
      <div class='segments' role='group' aria-label={t('week.view')}>
        {LAYOUTS.map((each) => (
          <button
            key={each}
            type='button'
            aria-pressed={each === layout}
            onClick={() => show({ layout: each })}
          >
            {t(`week.${each}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
