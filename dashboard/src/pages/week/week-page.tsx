import { useQuery } from '@tanstack/preact-query';
import { useMemo, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { addDays, mondayOf } from '../../../../shared/time/civil-date.ts';
import { AppointmentDialog } from '../../appointments/appointment-dialog.tsx';
import { HostFilter } from '../../appointments/host-filter.tsx';
import { useHosts } from '../../appointments/use-hosts.ts';
import { NewBooking } from '../../booking/new-booking.tsx';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { spanOfDays } from '../../time/span-of-days.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useShown } from './address.ts';
import { CalendarView } from './calendar-view.tsx';
import { usePeriodText } from './period.ts';
import { Toolbar } from './toolbar.tsx';

const POLL_MS = 15_000;
const NONE: readonly CalendarEventWithDetails[] = [];

/** The appointments of a week on a calendar. */
export function WeekPage() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { date, layout, show } = useShown();
  const [withCancelled, setWithCancelled] = useState(false);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  const monday = mondayOf(date);
  const query = useQuery({
    queryKey: ['week', salon.id, monday],
    queryFn: () => {
      const { from, to } = spanOfDays(monday, addDays(monday, 6), salon.timezone);
      return calendar.getAppointmentsInRange(salon.id, from, to);
    },
    refetchInterval: usePolling(POLL_MS),
  });
  const { shown, ...choice } = useHosts(query.data ?? NONE);
  // The same array as long as nothing changes: otherwise the calendar would draw all entries again,
  // and the one that has the focus would lose it.
  const appointments = useMemo(
    () => shown.filter(({ status }) => withCancelled || status !== 'cancelled'),
    [shown, withCancelled],
  );
  return (
    <>
      <PageHead title={t('week.title')} detail={usePeriodText(layout, date)}>
        <Toolbar layout={layout} date={date} show={show} />
      </PageHead>
      <div class='filters'>
        <NewBooking date={date} />
        <HostFilter {...choice} />
        <label class='choice'>
          <input
            type='checkbox'
            checked={withCancelled}
            onChange={(event) => setWithCancelled(event.currentTarget.checked)}
          />
          {t('week.withCancelled')}
        </label>
      </div>
      <Loaded query={query}>
        {() => (
          <CalendarView layout={layout} date={date} appointments={appointments} open={setOpened} />
        )}
      </Loaded>
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}
