import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { ReminderFilter } from '../../../../shared/calendar/reminders.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { usePages } from './use-pages.ts';

const TYPING_MS = 250;
/** As many clients as a search returns. */
const MOST_CLIENTS = 100;

/**
 * Which reminders of the salon are shown: those of a day, of the clients that a text finds, and how
 * many. `filter` is null while the clients are being searched.
 */
export function useReminderFilter() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [day, setDay] = useState('');
  const [typed, setTyped] = useState('');
  const { limit, ...pages } = usePages();
  const text = useDebounced(typed.trim(), TYPING_MS);
  const found = useQuery({
    queryKey: ['search-clients', salon.id, text],
    queryFn: () => calendar.searchClients(text, { salonId: salon.id, limit: MOST_CLIENTS }),
    enabled: text !== '',
  });
  const clientIds = text === '' ? undefined : found.data?.map(({ id }) => id);
  const filter: ReminderFilter | null = text !== '' && clientIds === undefined ? null : {
    salonId: salon.id,
    limit,
    ...(clientIds && { clientIds }),
    ...(day !== '' && { localDate: day }),
  };
  return {
    filter,
    error: found.data === undefined ? found.error : null,
    retry: found.refetch,
    isFiltered: text !== '' || day !== '',
    fields: { day, setDay, typed, setTyped },
    /** More clients match than are looked up. */
    areTooMany: clientIds !== undefined && clientIds.length >= MOST_CLIENTS,
    ...pages,
  };
}
