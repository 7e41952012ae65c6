import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import type { UpcomingReminder } from '../../../../shared/calendar/reminders.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useLocalMoment } from '../../time/use-local-moment.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Failure, Message } from '../../ui/states.tsx';
import { ReminderFilters } from './reminder-filters.tsx';
import { ReminderList } from './reminder-list.tsx';
import { UnlessOff } from './unless-off.tsx';
import { useReasonText } from './use-reason-text.ts';
import { useReminderFilter } from './use-reminder-filter.ts';
import { fullName } from '../../ui/full-name.ts';

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
  });
  return (
    <UnlessOff>
      <div class='filters'>
        <ReminderFilters {...pages.fields} />
      </div>
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
                {reminders.map((reminder) => <Row key={reminder.event_id} reminder={reminder} />)}
              </ReminderList>
            )}
      </Loaded>
    </UnlessOff>
  );
}

function Row({ reminder }: { reminder: UpcomingReminder }) {
  const t = useT();
  const moment = useLocalMoment();
  const reasonText = useReasonText();
  const { client, pet, attendee_name: booker, skip_reason: reason } = reminder;
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>
            {client ? fullName(client) : booker ?? t('reminders.noClient')}
          </strong>{' '}
          <span class='muted'>{pet?.name}</span>
        </p>
        <p class='muted'>
          {t('reminders.appointment')}: {moment(`${reminder.local_date} ${reminder.local_start}`)}
        </p>
        <p class={reason ? 'reminder-why' : undefined}>
          {reason
            ? reasonText({ reason, outcome: 'skipped', status: 'skipped' })
            : t('reminders.willGo', { when: moment(reminder.local_send_at) })}
        </p>
      </div>
      <span class={`badge badge--${reason ? 'skipped' : 'upcoming'}`}>
        {reason ? t('reminders.willNotGo') : t('reminders.outcome.upcoming')}
      </span>
    </li>
  );
}
