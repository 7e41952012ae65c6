import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { addDays, civilDateAt, mondayOf } from '../../../../shared/time/civil-date.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { spanOfDays } from '../../time/span-of-days.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useWide } from '../../ui/use-wide.ts';
import { AppointmentDialog } from '../../appointments/appointment-dialog.tsx';
import { CalendarView } from './calendar-view.tsx';
import { usePeriodText } from './period.ts';
import { Toolbar } from './toolbar.tsx';

/** The layout of the calendar. */
export type Layout = 'week' | 'day' | 'list';

const POLL_MS = 15_000;

/** The appointments of a week on a calendar. */
export function WeekPage() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const wide = useWide();
  const [date, setDate] = useState(() => civilDateAt(new Date(), salon.timezone));
  const [chosen, setChosen] = useState<Layout | null>(null);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  // Seven columns do not fit on a phone.
  const layout = chosen ?? (wide ? 'week' : 'list');
  const monday = mondayOf(date);
  const query = useQuery({
    queryKey: ['week', salon.id, monday],
    queryFn: () => {
      const { from, to } = spanOfDays(monday, addDays(monday, 6), salon.timezone);
      return calendar.getAppointmentsInRange(salon.id, from, to);
    },
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <PageHead title={t('week.title')} detail={usePeriodText(layout, date)}>
        <Toolbar layout={layout} date={date} setLayout={setChosen} setDate={setDate} />
      </PageHead>
      <Loaded query={query}>
        {(appointments) => (
          <CalendarView layout={layout} date={date} appointments={appointments} open={setOpened} />
        )}
      </Loaded>
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}
