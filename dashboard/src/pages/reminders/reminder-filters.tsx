import { useT } from '../../i18n/use-language.tsx';
import type { useReminderFilter } from './use-reminder-filter.ts';

/** The fields to look for the reminders of a client or a day. */
export function ReminderFilters({ day, setDay, typed, setTyped }: ReturnType<
  typeof useReminderFilter
>['fields']) {
  const t = useT();
  return (
    <>
      <label class='filter'>
        <span>{t('reminders.search')}</span>
        <input
          type='search'
          autocomplete='off'
          placeholder={t('reminders.placeholder')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <label class='filter'>
        <span>{t('reminders.day')}</span>
        <input
          type='date'
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </label>
    </>
  );
}
