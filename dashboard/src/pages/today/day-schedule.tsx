import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useT } from '../../i18n/use-language.tsx';
import { Message } from '../../ui/states.tsx';
import { hasAlerts } from '../../ui/pet-alerts.tsx';
import { Tile, Tiles } from '../../ui/tiles.tsx';
import { AppointmentCard, type Marker } from '../../appointments/appointment-card.tsx';

/** The appointments of a day in order, and their totals. */
export function DaySchedule({ appointments, now }: {
  appointments: readonly CalendarEventWithDetails[];
  now: Date;
}) {
  const t = useT();
  if (appointments.length === 0) {
    return <Message title={t('today.empty')} icon='sun'>{t('today.emptyNext')}</Message>;
  }
  const expected = appointments.filter(({ effective_status: status }) =>
    status !== 'cancelled' && status !== 'no_show'
  );
  const left = expected.filter(({ start_time }) => new Date(start_time) > now);
  const next = left[0];
  const alerts = expected.filter(({ pet }) => hasAlerts(pet)).length;
  return (
    <>
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
      <ol class='appointments'>
        {appointments.map((appointment) => (
          <AppointmentCard
            key={appointment.id}
            appointment={appointment}
            marker={markerOf(appointment, next, now)}
          />
        ))}
      </ol>
    </>
  );
}

function markerOf(
  appointment: CalendarEventWithDetails,
  next: CalendarEventWithDetails | undefined,
  now: Date,
): Marker {
  if (appointment === next) return 'next';
  const { status, start_time: start, end_time: end } = appointment;
  const takesPlace = status === 'scheduled' || status === 'confirmed';
  return takesPlace && new Date(start) <= now && now < new Date(end) ? 'now' : null;
}
