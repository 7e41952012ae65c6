import { useQuery } from '@tanstack/preact-query';
import { ALL_STATUSES } from '../../../../shared/calendar/appointment.ts';
import { civilDateAt } from '../../../../shared/time/civil-date.ts';
import { NewBooking } from '../../booking/new-booking.tsx';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { useClock } from '../../time/use-clock.ts';
import { useNow } from '../../time/use-now.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { CallList } from './call-list.tsx';
import { DaySchedule } from './day-schedule.tsx';
import { Announcer } from './announcer.tsx';

/** The interval of refreshes; returning to the page refreshes it too. */
const POLL_MS = 10_000;

/** The appointments of the salon's current day. */
export function TodayPage() {
  const t = useT();
  const now = useNow();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { formatDateWithWeekday, formatTime } = useClock();
  const query = useQuery({
    queryKey: ['today', salon.id],
    queryFn: () => calendar.getTodaysAppointments(salon.id, { statuses: ALL_STATUSES }),
    refetchInterval: usePolling(POLL_MS),
  });
  return (
    <>
      <PageHead title={t('today.title')} detail={formatDateWithWeekday(now)}>
        {query.isSuccess && (
          <div class='page-controls'>
            <p class='refreshed'>
              {t('state.refreshed', { time: formatTime(new Date(query.dataUpdatedAt)) })}
            </p>
            <button type='button' class='button button--quiet' onClick={() => print()}>
              <Icon name='print' /> {t('today.print')}
            </button>
            <NewBooking date={civilDateAt(now, salon.timezone)} />
          </div>
        )}
      </PageHead>
      <CallList />
      <Loaded query={query}>
        {(appointments) => (
          <>
            <Announcer
              key={`${salon.id} ${civilDateAt(now, salon.timezone)}`}
              appointments={appointments}
            />
            <DaySchedule key={salon.id} appointments={appointments} now={now} />
          </>
        )}
      </Loaded>
    </>
  );
}
