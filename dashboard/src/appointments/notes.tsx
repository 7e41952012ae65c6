import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';

/** The note of the booking, and the salon's own, if there are any. */
export function Notes({ appointment: { description, salon_note: salonNote } }: {
  appointment: Pick<CalendarEventWithDetails, 'description' | 'salon_note'>;
}) {
  const t = useT();
  return (
    <>
      <Note label={t('appointment.note')} text={description} />
      <Note label={t('appointment.salonNote')} text={salonNote} />
    </>
  );
}

function Note({ label, text }: { label: string; text: string | null }) {
  if (!text?.trim()) return null;
  return (
    <p class='booking-note'>
      <strong>{label}:</strong> {text.trim()}
    </p>
  );
}
