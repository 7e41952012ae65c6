import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../../shared/calendar/appointment.ts';
import { RowButton } from '../../../actions/row-button.tsx';
import { answerAction } from '../../../appointments/answer-action.ts';
import { AppointmentDialog } from '../../../appointments/appointment-dialog.tsx';
import { ClientAnswer } from '../../../appointments/client-answer.tsx';
import { OpenButton } from '../../../appointments/open-button.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useLocalMoment } from '../../../time/use-local-moment.ts';
import { fullName } from '../../../ui/full-name.ts';
import { PhoneLink } from '../../../ui/phone-link.tsx';

/**
 * Appointments that clients want to cancel or move, each with a dialog to do so. The dialog stays open
 * when its appointment leaves the list.
 */
export function ChangeRequests({ appointments }: {
  appointments: readonly CalendarEventWithDetails[];
}) {
  const t = useT();
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  return (
    <>
      {appointments.length > 0 && (
        <section aria-label={t('sms.inbox.requests')}>
          <h2 class='list-title'>{t('sms.inbox.requests')}</h2>
          <ul class='card rows'>
            {appointments.map((appointment) => (
              <Row
                key={appointment.id}
                appointment={appointment}
                open={() => setOpened(appointment)}
              />
            ))}
          </ul>
        </section>
      )}
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}

function Row({ appointment, open }: { appointment: CalendarEventWithDetails; open(): void }) {
  const t = useT();
  const moment = useLocalMoment();
  const { id, client, pet, local_date: date, local_start: start } = appointment;
  const who = client ? fullName(client) : appointment.attendee_name ?? t('reminders.noClient');
  const phone = client?.phone_number ?? appointment.attendee_phone;
  return (
    <li class='row reminder'>
      <div>
        <p>
          <strong>{who}</strong> <span class='muted'>{pet?.name}</span>
        </p>
        <p class='muted'>{t('reminders.appointment')}: {moment(`${date} ${start}`)}</p>
      </div>
      <ClientAnswer appointment={appointment} />
      <div class='row-buttons'>
        {phone && <PhoneLink phone={phone} name={who} />}
        <RowButton
          label={t('act.item.coming_after_all')}
          who={who}
          action={answerAction(
            { id, startTime: appointment.start_time, before: appointment.client_response },
            'coming',
            t('sms.willCome', { who }),
          )}
        />
        <OpenButton appointment={appointment} open={open} />
      </div>
    </li>
  );
}
