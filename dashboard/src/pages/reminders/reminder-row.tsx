import type { ReminderLogEntry } from '../../../../shared/calendar/reminders.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useLocalMoment } from '../../time/use-local-moment.ts';
import { LogButtons } from './log-buttons.tsx';
import { useReasonText } from './use-reason-text.ts';
import { fullName } from '../../ui/full-name.ts';
import { phoneText } from '../../../../shared/text/phone-text.ts';

/** A reminder: its client, appointments, time and outcome. */
export function ReminderRow({ entry }: { entry: ReminderLogEntry }) {
  const t = useT();
  const moment = useLocalMoment();
  const reasonText = useReasonText();
  const { client, kind, appointments, outcome, body, segments, error_code: code } = entry;
  const who = client
    ? fullName(client)
    : t(kind === 'test' ? 'sms.kind.test' : 'reminders.noClient');
  const why = reasonText(entry);
  const what = appointments.map(({ local_start: start, pet_name: pet }) =>
    [start, pet].filter(Boolean).join(' ')
  ).join(', ');
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>{who}</strong>{' '}
          <span class='muted'>{entry.phone_number && phoneText(entry.phone_number)}</span>
        </p>
        {what && (
          <p class='muted'>
            {t('reminders.appointment')}: {moment(`${entry.local_date} ${what}`)}
          </p>
        )}
        <p class='muted'>{t(`sms.kind.${kind}`)}: {moment(entry.local_send_at)}</p>
        {why && (
          <p class='reminder-why'>
            {why} {code && <span class='muted'>({t('reminders.code', { code })})</span>}
          </p>
        )}
        {body && (
          <details>
            <summary>{t('reminders.text')}</summary>
            <p class='sms'>{body}</p>
            {segments !== null && (
              <p class='muted'>{t('reminders.segments', { count: segments })}</p>
            )}
          </details>
        )}
      </div>
      <span class={`badge badge--${outcome}`}>{t(`reminders.outcome.${outcome}`)}</span>
      <div class='row-buttons'>
        <LogButtons entry={entry} who={who} />
      </div>
    </li>
  );
}
