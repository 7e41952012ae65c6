import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { AppointmentDialog } from '../../appointments/appointment-dialog.tsx';
import { HostFilter } from '../../appointments/host-filter.tsx';
import { useHosts } from '../../appointments/use-hosts.ts';
import { useT } from '../../i18n/use-language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Message } from '../../ui/states.tsx';
import { AppointmentCard } from '../../appointments/appointment-card.tsx';
import { DayFigures } from './day-figures.tsx';
import { markerOf } from './marker.ts';

/**
 * The appointments of a day in order, and their totals. Those that are over are folded, so that the
 * page opens at the current time.
 */
export function DaySchedule({ appointments, now }: {
  appointments: readonly CalendarEventWithDetails[];
  now: Date;
}) {
  const t = useT();
  const { shown, ...choice } = useHosts(appointments);
  const [unfolded, setUnfolded] = useState(false);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  if (appointments.length === 0) {
    return <Message title={t('today.empty')} icon='sun'>{t('today.emptyNext')}</Message>;
  }
  const over = shown.filter(({ end_time: end }) => new Date(end) <= now);
  const ahead = shown.filter(({ end_time: end }) => new Date(end) > now);
  const isUnfolded = unfolded || ahead.length === 0;
  const cards = (some: readonly CalendarEventWithDetails[]) =>
    some.map((appointment) => (
      <AppointmentCard
        key={appointment.id}
        appointment={appointment}
        marker={markerOf(appointment, ahead, now)}
        showHost={choice.hosts.length > 1}
        open={() => setOpened(appointment)}
      />
    ));
  return (
    <>
      <DayFigures appointments={shown} now={now} />
      <div class='filters'>
        <HostFilter {...choice} />
        {over.length > 0 && ahead.length > 0 && (
          <button
            type='button'
            class='button button--quiet'
            aria-expanded={isUnfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            <Icon name={isUnfolded ? 'down' : 'right'} /> {t('today.over', { count: over.length })}
          </button>
        )}
      </div>
      {over.length > 0 && (
        <ol class='appointments appointments--over' hidden={!isUnfolded}>{cards(over)}</ol>
      )}
      <ol class='appointments'>{cards(ahead)}</ol>
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}
