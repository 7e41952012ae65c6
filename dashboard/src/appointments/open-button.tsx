import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { OPENER } from './opener.ts';

/** Opens the dialog of an appointment. */
export function OpenButton({ appointment, open }: {
  appointment: CalendarEventWithDetails;
  open(): void;
}) {
  const t = useT();
  const { id, local_start: time, pet } = appointment;
  return (
    <button
      type='button'
      class='button button--small open-button'
      {...{ [OPENER]: id }}
      aria-label={t('act.openOf', { time, pet: pet?.name ?? t('appointment.noPet') })}
      onClick={open}
    >
      {t('act.open')}
    </button>
  );
}
