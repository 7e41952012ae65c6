import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';

/** The note of a booking, if it has one. */
export function BookingNote({ appointment: { description } }: {
  appointment: Pick<CalendarEventWithDetails, 'description'>;
}) {
  const t = useT();
  if (!description?.trim()) return null;
  return (
    <p class='booking-note'>
      <strong>{t('appointment.note')}:</strong> {description.trim()}
    </p>
  );
}
