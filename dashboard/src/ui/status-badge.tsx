import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';

/** The status of an appointment. */
export function StatusBadge({ status }: { status: AppointmentStatus }) {
  const t = useT();
  return <span class={`badge badge--${status}`}>{t(`status.${status}`)}</span>;
}
