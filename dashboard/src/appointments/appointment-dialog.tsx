import { useEffect, useRef } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { AppointmentDetails } from './appointment-details.tsx';
import { focusOpener } from './opener.ts';

/** Shows an appointment in a dialog, where it can be changed; null closes it, and so does Escape. */
export function AppointmentDialog({ appointment, close }: {
  appointment: CalendarEventWithDetails | null;
  close(): void;
}) {
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (appointment) dialog.current?.showModal();
    else dialog.current?.close();
  }, [appointment]);
  return (
    <dialog
      ref={dialog}
      class='dialog'
      aria-label={t('week.details')}
      onClose={() => {
        if (appointment) focusOpener(appointment.id);
        close();
      }}
    >
      {appointment && (
        <AppointmentDetails key={appointment.id} appointment={appointment} close={close} />
      )}
    </dialog>
  );
}
