import { useEffect, useRef } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Icon } from '../ui/icon.tsx';
import { AppointmentCard } from './appointment-card.tsx';

/** Shows an appointment in a dialog; null closes it, and so does Escape. */
export function AppointmentDialog({ appointment, close }: {
  appointment: CalendarEventWithDetails | null;
  close(): void;
}) {
  const t = useT();
  const { formatDateWithWeekday } = useClock();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (appointment) dialog.current?.showModal();
    else dialog.current?.close();
  }, [appointment]);
  return (
    <dialog ref={dialog} class='appointment-dialog' aria-label={t('week.details')} onClose={close}>
      {appointment && (
        <>
          <header>
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
        </>
      )}
    </dialog>
  );
}
