import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { ReminderOutcome } from '../../../../shared/calendar/reminders.ts';
import { Constants } from '../../../../shared/database.types.ts';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Failure, Message } from '../../ui/states.tsx';
import { ReminderFilters } from './reminder-filters.tsx';
import { ReminderList } from './reminder-list.tsx';
import { ReminderRow } from './reminder-row.tsx';
import { UnlessOff } from './unless-off.tsx';
import { useReminderFilter } from './use-reminder-filter.ts';

const OUTCOMES = Constants.public.Enums.reminder_outcome;
const POLL_MS = 15_000;

/** All planned reminders, the newest first. */
export function ReminderLog() {
  const t = useT();
  const calendar = useCalendar();
  const [outcome, setOutcome] = useState<ReminderOutcome | undefined>();
  const pages = useReminderFilter();
  const query = useQuery({
    queryKey: ['reminders', pages.filter, outcome],
    queryFn: () =>
      calendar.getReminderLog({ ...pages.filter, ...(outcome ? { outcomes: [outcome] } : {}) }),
    enabled: pages.filter !== null,
    placeholderData: keepPreviousData,
    refetchInterval: usePolling(POLL_MS),
  });
  return (
    <>
      <div class='filters'>
        <label class='filter'>
          <span>{t('reminders.filter')}</span>
          <select
            value={outcome ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setOutcome(OUTCOMES.find((each) => each === value))}
          >
            <option value=''>{t('reminders.all')}</option>
            {OUTCOMES.map((each) => (
              <option key={each} value={each}>{t(`reminders.outcome.${each}`)}</option>
            ))}
          </select>
        </label>
        <ReminderFilters {...pages.fields} />
      </div>
      {pages.areTooMany && <p class='notice notice--warn'>{t('reminders.tooMany')}</p>}
      {pages.error && <Failure error={pages.error} retry={() => pages.retry()} />}
      <Loaded query={query}>
        {(entries) =>
          entries.length > 0
            ? (
              <ReminderList count={entries.length} pages={pages}>
                {entries.map((entry) => <ReminderRow key={entry.message_id} entry={entry} />)}
              </ReminderList>
            )
            : outcome || pages.isFiltered
            ? <p class='muted'>{t('reminders.emptyFilter')}</p>
            : (
              <UnlessOff>
                <Message title={t('reminders.emptyLog')} icon='message'>
                  {t('reminders.emptyLogNext')}
                </Message>
              </UnlessOff>
            )}
      </Loaded>
    </>
  );
}
