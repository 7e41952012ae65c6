import { useQuery } from '@tanstack/preact-query';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { ActionsProvider } from '../actions/actions.tsx';
import { useCalendar } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Icon } from '../ui/icon.tsx';
import { AppointmentActions } from './appointment-actions.tsx';
import { AppointmentCard } from './appointment-card.tsx';

const POLL_MS = 10_000;

/** The content of the dialog of an appointment, which follows it wherever it is moved. */
export function AppointmentDetails({ appointment: listed, close }: {
  appointment: CalendarEventWithDetails;
  close(): void;
}) {
  const t = useT();
  const calendar = useCalendar();
  const { formatDateWithWeekday } = useClock();
  const { data } = useQuery({
    queryKey: ['appointment', listed.id],
    queryFn: () => calendar.getAppointment(listed.id),
    initialData: listed,
    refetchInterval: POLL_MS,
  });
  const appointment = data ?? listed;
  return (
    <ActionsProvider>
      <header class='dialog-head'>
        <p class='muted'>{formatDateWithWeekday(appointment.start_time)}</p>
        <button
          type='button'
          class='button button--plain'
          aria-label={t('week.close')}
          onClick={close}
        >
          <Icon name='close' />
        </button>
      </header>
      <ul>
        <AppointmentCard appointment={appointment} marker={null} showHost />
      </ul>
      <AppointmentActions appointment={appointment} />
    </ActionsProvider>
  );
}
