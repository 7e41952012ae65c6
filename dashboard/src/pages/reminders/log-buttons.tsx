import type { ReminderLogEntry } from '../../../../shared/calendar/reminders.ts';
import { useT } from '../../i18n/use-language.tsx';
import { isReminder, skip, unskip } from './reminder-actions.ts';
import { RowButton } from '../../actions/row-button.tsx';

/** What can be done about a reminder that was not sent yet, or that the salon skipped. */
export function LogButtons({ entry, who }: { entry: ReminderLogEntry; who: string }) {
  const t = useT();
  const { kind, status, reason, appointments } = entry;
  if (!isReminder(kind) || appointments.length === 0) return null;
  const reminder = { kind, eventIds: appointments.map(({ event_id: id }) => id) };
  if (reason === 'skipped_by_salon') {
    const action = unskip(reminder, t('sms.unskipped', { who }));
    return <RowButton label={t('sms.unskip')} who={who} action={action} />;
  }
  if (status !== 'pending') return null;
  const action = skip(reminder, t('sms.skipped', { who }));
  return <RowButton label={t('sms.skip')} who={who} action={action} />;
}
