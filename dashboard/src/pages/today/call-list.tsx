import { useQuery } from '@tanstack/preact-query';
import type { CallListEntry } from '../../../../shared/calendar/reminders.ts';
import { ActionsProvider } from '../../actions/actions.tsx';
import { OutcomeNotice } from '../../actions/outcome-notice.tsx';
import { RowButton } from '../../actions/row-button.tsx';
import { answerAction } from '../../appointments/answer-action.ts';
import { usePolling } from '../../data/live.tsx';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { fullName } from '../../ui/full-name.ts';
import { PhoneLink } from '../../ui/phone-link.tsx';

const POLL_MS = 60_000;
const MOST = 200;

/** Whom to phone about tomorrow, from the salon's time on; nothing before, or if everybody answered. */
export function CallList() {
  return (
    <ActionsProvider>
      <div class='outcome-place'>
        <OutcomeNotice />
      </div>
      <Calls />
    </ActionsProvider>
  );
}

function Calls() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { data, isError, refetch } = useQuery({
    queryKey: ['call-list', salon.id],
    queryFn: () => calendar.getCallList({ salonId: salon.id, limit: MOST }),
    refetchInterval: usePolling(POLL_MS),
  });
  if (data === undefined) {
    return isError && (
      <p class='notice notice--bad' role='status'>
        {t('sms.callList.failed')}{' '}
        <button type='button' class='link' onClick={() => refetch()}>{t('state.retry')}</button>
      </p>
    );
  }
  if (data.length === 0) return null;
  return (
    <details class='card call-list'>
      <summary>{t('sms.callList.title', { count: data.length })}</summary>
      <ul>{data.map((entry) => <Call key={entry.event_id} entry={entry} />)}</ul>
    </details>
  );
}

function Call({ entry }: { entry: CallListEntry }) {
  const t = useT();
  const { client_name: name, client_surname: surname, attendee_name: booker, phone } = entry;
  const who = name !== null && surname !== null
    ? fullName({ name, surname })
    : booker ?? t('appointment.noClient');
  return (
    <li class='call'>
      <p>
        <time dateTime={entry.start_time}>{entry.local_start}</time> <strong>{who}</strong>{' '}
        <span class='muted'>{entry.pet_name}</span>
      </p>
      <div class='row-buttons'>
        {phone && <PhoneLink phone={phone} name={who} />}
        <RowButton
          label={t('sms.callList.confirmed')}
          who={who}
          action={answerAction(
            { id: entry.event_id, startTime: entry.start_time, before: null },
            'coming',
            t('sms.willCome', { who }),
          )}
        />
      </div>
    </li>
  );
}
