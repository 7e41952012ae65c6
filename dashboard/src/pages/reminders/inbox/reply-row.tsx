import type { SmsReply } from '../../../../../shared/calendar/inbox.ts';
import { phoneText } from '../../../../../shared/text/phone-text.ts';
import type { Action, Step } from '../../../actions/actions.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useClock } from '../../../time/use-clock.ts';
import { fullName } from '../../../ui/full-name.ts';
import { PhoneLink } from '../../../ui/phone-link.tsx';
import { RowButton } from '../../../actions/row-button.tsx';

/** A reply: who wrote, when and what. */
export function ReplyRow({ reply }: { reply: SmsReply }) {
  const t = useT();
  const { formatDate, formatTime } = useClock();
  const { client, event, phone, body, received_at: received, read_at: readAt } = reply;
  const who = client ? fullName(client) : phoneText(phone);
  const isNew = readAt === null;
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>{who}</strong>{' '}
          <span class='muted'>{formatDate(received)}, {formatTime(received)}</span>
        </p>
        {event && (
          <p class='muted'>
            {t('reminders.appointment')}: {formatDate(event.start_time)},{' '}
            {formatTime(event.start_time)} {event.pet?.name}
          </p>
        )}
        <p class='sms'>{body}</p>
      </div>
      {isNew && <span class='badge badge--upcoming'>{t('sms.inbox.new')}</span>}
      <div class='row-buttons'>
        <PhoneLink phone={phone} name={who} />
        <RowButton
          label={t(isNew ? 'sms.inbox.read' : 'sms.inbox.unread')}
          who={who}
          action={marking(
            reply.id,
            isNew,
            t(isNew ? 'sms.inbox.wasRead' : 'sms.inbox.wasUnread'),
          )}
        />
      </div>
    </li>
  );
}

function marking(replyId: string, isRead: boolean, done: string): Action {
  return { ...markStep(replyId, isRead), done, undo: markStep(replyId, !isRead) };
}

function markStep(replyId: string, isRead: boolean): Step {
  return {
    run: (calendar) => calendar.setReplyRead(replyId, isRead),
    shows: { rowId: replyId, change: { read_at: isRead ? new Date().toISOString() : null } },
  };
}
