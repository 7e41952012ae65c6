import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { serviceOf } from '../../../../shared/calendar/service.ts';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Visits of one pet, a line each. */
export function VisitRows({ visits, empty }: {
  visits: readonly CalendarEventWithDetails[];
  empty: string;
}) {
  const t = useT();
  const { formatDate } = useClock();
  if (visits.length === 0) return <p class='muted'>{empty}</p>;
  return (
    <ul class='card rows'>
      {visits.map((visit) => (
        <li key={visit.id} class='row'>
          <div>
            <p>
              <time dateTime={visit.start_time}>
                <strong>{formatDate(visit.start_time)}</strong>, {visit.local_start}
              </time>
            </p>
            <p class='muted'>
              {serviceOf(visit)} · {t('visit.minutes', { count: visit.duration_minutes ?? 0 })}
            </p>
            {visit.cancellation_reason && (
              <p class='muted'>{t('visit.reason', { reason: visit.cancellation_reason })}</p>
            )}
          </div>
          <StatusBadge status={visit.effective_status} />
        </li>
      ))}
    </ul>
  );
}
