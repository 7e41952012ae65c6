import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { usePolling } from '../../data/live.tsx';
import { useCalendar } from '../../data/backend.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Failure, Message } from '../../ui/states.tsx';
import { ReminderFilters } from './reminder-filters.tsx';
import { ReminderList } from './reminder-list.tsx';
import { UnlessOff } from './unless-off.tsx';
import { UpcomingRow } from './upcoming-row.tsx';
import { useReminderFilter } from './use-reminder-filter.ts';

const POLL_MS = 30_000;

/** The upcoming reminders with their times, and the appointments that will not get one. */
export function UpcomingReminders() {
  const t = useT();
  const calendar = useCalendar();
  const pages = useReminderFilter();
  const query = useQuery({
    queryKey: ['upcoming-reminders', pages.filter],
    queryFn: () => calendar.getUpcomingReminders({ ...pages.filter }),
    enabled: pages.filter !== null,
    placeholderData: keepPreviousData,
    refetchInterval: usePolling(POLL_MS),
  });
  return (
    <UnlessOff>
      <div class='filters'>
        <ReminderFilters {...pages.fields} />
      </div>
      {pages.areTooMany && <p class='notice notice--warn'>{t('reminders.tooMany')}</p>}
      {pages.error && <Failure error={pages.error} retry={() => pages.retry()} />}
      <Loaded query={query}>
        {(reminders) =>
          reminders.length === 0 && pages.isFiltered
            ? <p class='muted'>{t('reminders.emptyFilter')}</p>
            : reminders.length === 0
            ? (
              <Message title={t('reminders.emptyUpcoming')} icon='message'>
                {t('reminders.emptyUpcomingNext')}
              </Message>
            )
            : (
              <ReminderList count={reminders.length} pages={pages}>
                {reminders.map((reminder) => (
                  <UpcomingRow
                    key={`${reminder.event_id} ${reminder.kind}`}
                    reminder={reminder}
                  />
                ))}
              </ReminderList>
            )}
      </Loaded>
    </UnlessOff>
  );
}
