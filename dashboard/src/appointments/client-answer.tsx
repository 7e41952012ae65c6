import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { openAnswer } from './open-answer.ts';

/** What the client answered to a reminder, as long as it matters. */
export function ClientAnswer({ appointment }: { appointment: CalendarEventWithDetails }) {
  const t = useT();
  const answer = openAnswer(appointment);
  return answer && <span class={`badge badge--${answer}`}>{t(`answer.${answer}`)}</span>;
}
