import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import { type Calendar, createCalendar } from '../../../shared/calendar/calendar.ts';
import type { CalendarClient } from '../../../shared/calendar/client.ts';

const CalendarContext = createContext<Calendar | null>(null);

const FRESH_MS = 5_000;
const MAX_RETRIES = 2;

/** Gives everything below the data of the signed-in user. */
export function BackendProvider({ supabase, onExpired, children }: {
  supabase: CalendarClient;
  onExpired(): void;
  children: ComponentChildren;
}) {
  const [calendar] = useState(() => createCalendar(supabase));
  const [queries] = useState(() => createQueries(onExpired));
  return (
    <QueryClientProvider client={queries}>
      <CalendarContext.Provider value={calendar}>{children}</CalendarContext.Provider>
    </QueryClientProvider>
  );
}

/** The calendar of the signed-in user. */
export function useCalendar(): Calendar {
  const calendar = useContext(CalendarContext);
  if (calendar === null) throw new Error('useCalendar() outside of BackendProvider');
  return calendar;
}

function createQueries(onExpired: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof CalendarError && error.code === 'not_signed_in') onExpired();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // Without a network it says so, rather than to wait in silence.
        networkMode: 'always',
        retry: (failures, error) => failures < MAX_RETRIES && isPassing(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function isPassing(error: Error): boolean {
  return error instanceof CalendarError && ['timeout', 'unreachable'].includes(error.code);
}
