import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useT } from '../../i18n/use-language.tsx';
import { hasAlerts } from '../../ui/pet-alerts.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { isExpected } from './marker.ts';

/** The totals of a day. */
export function DayFigures({ appointments, now }: {
  appointments: readonly CalendarEventWithDetails[];
  now: Date;
}) {
  const t = useT();
  const expected = appointments.filter(isExpected);
  const left = expected.filter(({ start_time: start }) => new Date(start) > now);
  const alerts = expected.filter(({ pet }) => hasAlerts(pet)).length;
  return (
    <Tiles row>
      <Tile label={t('today.appointments')} value={expected.length} />
      <Tile label={t('today.left')} value={left.length} />
      <Tile label={t('today.cancelled')} value={appointments.length - expected.length} />
      <Tile
        label={t('today.alerts')}
        value={alerts}
        {...(alerts > 0 ? { tone: 'warn' as const } : {})}
      />
    </Tiles>
  );
}
