import { useQuery } from '@tanstack/preact-query';
import type { UpcomingReminder } from '../../../../shared/calendar/reminders.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useLocalMoment } from '../../time/use-local-moment.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Message } from '../../ui/states.tsx';
import { UnlessOff } from './unless-off.tsx';
import { useReasonText } from './use-reason-text.ts';
import { fullName } from '../../ui/full-name.ts';

/** The upcoming reminders with their times, and the appointments that will not get one. */
export function UpcomingReminders() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['upcoming-reminders', salon.id],
    queryFn: () => calendar.getUpcomingReminders({ salonId: salon.id }),
  });
  return (
    <UnlessOff>
      <Loaded query={query}>
        {(reminders) =>
          reminders.length === 0
            ? (
              <Message title={t('reminders.emptyUpcoming')} icon='message'>
                {t('reminders.emptyUpcomingNext')}
              </Message>
            )
            : (
              <ul class='card rows'>
                {reminders.map((reminder) => <Row key={reminder.event_id} reminder={reminder} />)}
              </ul>
            )}
      </Loaded>
    </UnlessOff>
  );
}

function Row({ reminder }: { reminder: UpcomingReminder }) {
  const t = useT();
  const moment = useLocalMoment();
  const reasonText = useReasonText();
  const { client, pet, skip_reason: reason } = reminder;
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>
            {client ? fullName(client) : t('reminders.noClient')}
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
