import {
  MutationCache,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import { type Calendar, createCalendar } from '../../../shared/calendar/calendar.ts';
import type { CalendarClient } from '../../../shared/calendar/client.ts';

type Backend = { calendar: Calendar; supabaseUrl: string };

const BackendContext = createContext<Backend | null>(null);

const FRESH_MS = 5_000;

/** Provides the data of the signed-in user. */
export function BackendProvider({ supabase, supabaseUrl, onExpired, children }: {
  supabase: CalendarClient;
  supabaseUrl: string;
  onExpired(): void;
  children: ComponentChildren;
}) {
  const [backend] = useState(() => ({ calendar: createCalendar(supabase), supabaseUrl }));
  const [queries] = useState(() => createQueries(onExpired));
  return (
    <QueryClientProvider client={queries}>
      <BackendContext.Provider value={backend}>{children}</BackendContext.Provider>
    </QueryClientProvider>
  );
}

/** The calendar of the signed-in user. */
export function useCalendar(): Calendar {
  return useBackend().calendar;
}

/** Returns a function that gives the address of a feed for its token. */
export function useFeedUrl(): (token: string) => string {
  const { supabaseUrl } = useBackend();
  return (token) => new URL(`/functions/v1/calendar-feed/${token}.ics`, supabaseUrl).href;
}

function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error('useBackend() outside of BackendProvider');
  return backend;
}

function createQueries(onExpired: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof CalendarError && error.code === 'not_signed_in') onExpired();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // Fails without a network, instead of waiting silently.
        networkMode: 'always',
        // supabase-js itself retries.
        retry: false,
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
