import { useQuery } from '@tanstack/preact-query';
import { usePolling } from '../../../data/live.tsx';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';

const POLL_MS = 30_000;
/** More are counted as so many. */
const MOST = 100;

/** The coming appointments that clients want to cancel or move. */
export function useChangeRequests() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  return useQuery({
    queryKey: ['change-requests', salon.id],
    queryFn: () => calendar.getChangeRequests({ salonId: salon.id, limit: MOST }),
    refetchInterval: usePolling(POLL_MS),
  });
}

/** How many replies nobody has read yet, and how many clients want to cancel or move. */
export function useUnreadCount(): number {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const requests = useChangeRequests();
  const replies = useQuery({
    queryKey: ['unread-replies', salon.id],
    queryFn: () => calendar.getReplies({ salonId: salon.id, unread: true, limit: MOST }),
    refetchInterval: usePolling(POLL_MS),
  });
  // A reply that was just marked as read is still among them until the next answer.
  const unread = replies.data?.filter(({ read_at: readAt }) => readAt === null) ?? [];
  return unread.length + (requests.data?.length ?? 0);
}
