import { useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../../data/backend.tsx';
import { usePolling } from '../../data/live.tsx';
import { useSalon } from '../../data/salon.tsx';

const POLL_MS = 15_000;

/** The figures of the salon's last 24 hours, which the sentence and the tiles share. */
export function useHealth() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  return useQuery({
    queryKey: ['health', salon.id],
    queryFn: () => calendar.getWebhookHealth({ salonId: salon.id }),
    refetchInterval: usePolling(POLL_MS),
  });
}
