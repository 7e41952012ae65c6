import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';

/** What becomes of an appointment, in a word and a colour. */
export function StatusBadge({ status }: { status: AppointmentStatus }) {
  const t = useT();
  return <span class={`badge badge--${status}`}>{t(`status.${status}`)}</span>;
}
