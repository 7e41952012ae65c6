import { useQuery } from '@tanstack/preact-query';
import type { Activity } from '../../../shared/calendar/activity.ts';
import { useCalendar } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Loaded } from '../ui/loaded.tsx';

/** Who did what about an appointment, and when. */
export function ActivityList({ appointmentId }: { appointmentId: string }) {
  const t = useT();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['activity', appointmentId],
    queryFn: () => calendar.getActivity(appointmentId),
  });
  return (
    <Loaded query={query}>
      {(activities) =>
        activities.length === 0
          ? <p class='muted'>{t('activity.none')}</p>
          : (
            <ul class='activities'>
              {activities.map((activity) => <Entry key={activity.id} activity={activity} />)}
            </ul>
          )}
    </Loaded>
  );
}

function Entry({ activity }: { activity: Activity }) {
  const t = useT();
  const { formatDate, formatTime } = useClock();
  const { action, outcome, created_at: at, is_client, is_mine, actor_email: email } = activity;
  const what = t(`activity.action.${action}`);
  const who = is_client
    ? t('activity.client')
    : is_mine
    ? t('activity.you')
    : email ?? t('activity.former');
  return (
    <li>
      {outcome === 'failed' ? t('activity.failed', { what }) : what}
      <span class='muted'>{`${who}, ${formatDate(at)}, ${formatTime(at)}`}</span>
    </li>
  );
}
