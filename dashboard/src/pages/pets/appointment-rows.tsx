import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { serviceOf } from '../../../../shared/calendar/service.ts';
import { Notes } from '../../appointments/notes.tsx';
import { OpenButton } from '../../appointments/open-button.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** The appointments of a pet as rows. */
export function AppointmentRows({ appointments, empty, open }: {
  appointments: readonly CalendarEventWithDetails[];
  empty: string;
  open(appointment: CalendarEventWithDetails): void;
}) {
  const t = useT();
  const { formatDate } = useClock();
  if (appointments.length === 0) return <p class='muted'>{empty}</p>;
  return (
    <ul class='card rows'>
      {appointments.map((appointment) => (
        <li key={appointment.id} class='row'>
          <div>
            <p>
              <time dateTime={appointment.start_time}>
                <strong>{formatDate(appointment.start_time)}</strong>, {appointment.local_start}
              </time>
            </p>
            <p class='muted'>
              {serviceOf(appointment)} ·{' '}
              {t('appointment.minutes', { count: appointment.duration_minutes ?? 0 })}
            </p>
            <Notes appointment={appointment} />
            {appointment.cancellation_reason && (
              <p class='muted'>
                {t('appointment.reason', { reason: appointment.cancellation_reason })}
              </p>
            )}
          </div>
          <div class='row-end'>
            <StatusBadge status={appointment.effective_status} />
            <OpenButton appointment={appointment} open={() => open(appointment)} />
          </div>
        </li>
      ))}
    </ul>
  );
}
