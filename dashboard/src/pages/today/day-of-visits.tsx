import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useT } from '../../i18n/use-language.tsx';
import { Message } from '../../ui/states.tsx';
import { hasAlerts } from '../../ui/pet-alerts.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { type Place, VisitCard } from '../../visits/visit-card.tsx';

/** The visits of a day in their order, and how many there are. */
export function DayOfVisits({ visits, now }: {
  visits: readonly CalendarEventWithDetails[];
  now: Date;
}) {
  const t = useT();
  if (visits.length === 0) {
    return <Message title={t('today.empty')} icon='sun'>{t('today.emptyNext')}</Message>;
  }
  const standing = visits.filter(({ effective_status: status }) =>
    status !== 'cancelled' && status !== 'no_show'
  );
  const left = standing.filter(({ start_time }) => new Date(start_time) > now);
  const next = left[0];
  const alerts = standing.filter(({ pet }) => hasAlerts(pet)).length;
  return (
    <>
      <Tiles row>
        <Tile label={t('today.visits')} value={standing.length} />
        <Tile label={t('today.left')} value={left.length} />
        <Tile label={t('today.cancelled')} value={visits.length - standing.length} />
        <Tile
          label={t('today.alerts')}
          value={alerts}
          {...(alerts > 0 ? { tone: 'warn' as const } : {})}
        />
      </Tiles>
      <ol class='visits'>
        {visits.map((visit) => (
          <VisitCard key={visit.id} visit={visit} place={placeOf(visit, next, now)} />
        ))}
      </ol>
    </>
  );
}

function placeOf(
  visit: CalendarEventWithDetails,
  next: CalendarEventWithDetails | undefined,
  now: Date,
): Place {
  if (visit === next) return 'next';
  const { status, start_time: start, end_time: end } = visit;
  const takesPlace = status === 'scheduled' || status === 'confirmed';
  return takesPlace && new Date(start) <= now && now < new Date(end) ? 'now' : null;
}
