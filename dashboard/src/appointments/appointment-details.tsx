import { useQuery } from '@tanstack/preact-query';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { ActionsProvider } from '../actions/actions.tsx';
import { usePolling } from '../data/live.tsx';
import { useCalendar } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { DialogHead } from '../ui/dialog-head.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ActivityList } from './activity-list.tsx';
import { AppointmentActions } from './appointment-actions.tsx';
import { AppointmentCard } from './appointment-card.tsx';

const POLL_MS = 10_000;

/** The content of the dialog of an appointment, which follows it wherever it is moved. */
export function AppointmentDetails({ appointment: listed, close }: {
  appointment: CalendarEventWithDetails;
  close(): void;
}) {
  const calendar = useCalendar();
  const t = useT();
  const { formatDateWithWeekday } = useClock();
  const { data } = useQuery({
    queryKey: ['appointment', listed.id],
    queryFn: () => calendar.getAppointment(listed.id),
    initialData: listed,
    refetchInterval: usePolling(POLL_MS),
  });
  const appointment = data ?? listed;
  return (
    <ActionsProvider>
      <DialogHead close={close}>
        <p class='muted'>{formatDateWithWeekday(appointment.start_time)}</p>
      </DialogHead>
      <ul>
        <AppointmentCard appointment={appointment} marker={null} showHost />
      </ul>
      <AppointmentActions appointment={appointment} />
      <Disclosure label={t('activity.title')}>
        <ActivityList appointmentId={appointment.id} />
      </Disclosure>
    </ActionsProvider>
  );
}
