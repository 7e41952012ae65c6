import type { ReminderReason, UpcomingReminder } from '../../../../shared/calendar/reminders.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useLocalMoment } from '../../time/use-local-moment.ts';
import { fullName } from '../../ui/full-name.ts';
import { sendNow, skip } from './reminder-actions.ts';
import { RowButton } from '../../actions/row-button.tsx';
import { useReasonText } from './use-reason-text.ts';

/** Reasons why a reminder does not go by itself, but can be sent by hand. */
const CAN_BE_SENT: readonly (ReminderReason | null)[] = [null, 'booked_same_day', 'no_window'];

/** An upcoming reminder, which can be sent now or skipped. */
export function UpcomingRow({ reminder }: { reminder: UpcomingReminder }) {
  const t = useT();
  const moment = useLocalMoment();
  const reasonText = useReasonText();
  const { client, pet, kind, event_id: eventId, skip_reason: reason } = reminder;
  const who = client ? fullName(client) : reminder.attendee_name ?? t('reminders.noClient');
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>{who}</strong> <span class='muted'>{pet?.name}</span>
        </p>
        <p class='muted'>
          {t('reminders.appointment')}: {moment(`${reminder.local_date} ${reminder.local_start}`)}
        </p>
        <p class='muted'>{t(`sms.kind.${kind}`)}</p>
        <p class={reason ? 'reminder-why' : undefined}>
          {reason
            ? reasonText({ reason, outcome: 'skipped', status: 'skipped' })
            : t('reminders.willGo', { when: moment(reminder.local_send_at) })}
        </p>
      </div>
      <span class={`badge badge--${reason ? 'skipped' : 'upcoming'}`}>
        {reason ? t('reminders.willNotGo') : t('reminders.outcome.upcoming')}
      </span>
      <div class='row-buttons'>
        {CAN_BE_SENT.includes(reason) && (
          <RowButton
            label={t('sms.sendNow')}
            who={who}
            action={sendNow(eventId, kind, {
              isBeingSent: t('sms.isBeingSent', { who }),
              willBeSent: t('sms.willBeSent', { who }),
            })}
          />
        )}
        {reason === null && (
          <RowButton
            label={t('sms.skip')}
            who={who}
            action={skip({ eventIds: [eventId], kind }, t('sms.skipped', { who }))}
          />
        )}
      </div>
    </li>
  );
}
