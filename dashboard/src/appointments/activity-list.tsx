import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { Activity } from '../../../shared/calendar/activity.ts';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useCalendar, useUserId } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Loaded } from '../ui/loaded.tsx';

/** Who did what about an appointment, and when; loaded when it is opened. */
export function ActivityList({ appointment: { id, client_id: clientId } }: {
  appointment: CalendarEventWithDetails;
}) {
  const t = useT();
  const calendar = useCalendar();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    queryKey: ['activity', id, clientId],
    queryFn: () => calendar.getActivity({ eventId: id, clientId }),
    enabled: isOpen,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('activity.title')}</summary>
      {isOpen && (
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
      )}
    </details>
  );
}

function Entry({ activity }: { activity: Activity }) {
  const t = useT();
  const userId = useUserId();
  const { formatDate, formatTime } = useClock();
  const { action, outcome, created_at: at, actor_id: actorId, role } = activity;
  const what = t(`activity.action.${action}`);
  const who = actorId === null
    ? t('activity.client')
    : actorId === userId
    ? t('activity.you')
    : t(`activity.${role ?? 'former'}`);
  return (
    <li>
      {outcome === 'failed' ? t('activity.failed', { what }) : what}
      <span class='muted'>{`${who}, ${formatDate(at)}, ${formatTime(at)}`}</span>
    </li>
  );
}
