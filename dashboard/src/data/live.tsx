import { useQueryClient } from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { createRefresher } from './refresher.ts';
import { followTopic } from './realtime-topic.ts';
import { useSalon } from './salon.tsx';

const LiveContext = createContext(false);

/** How often pages are refreshed all the same: time alone changes some of them. */
const LIVE_POLL_MS = 120_000;

/**
 * Refreshes what is shown as soon as the database announces a change of the salon. `realtimeUrl`:
 * null where there is no Realtime; then the pages poll.
 */
export function LiveProvider({ supabase, realtimeUrl, children }: {
  supabase: CalendarClient;
  realtimeUrl: string | null;
  children: ComponentChildren;
}) {
  const { salon } = useSalon();
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    if (realtimeUrl === null) return;
    const refresher = createRefresher(() =>
      // What is not visible is refreshed when it is looked at.
      queries.invalidateQueries({ refetchType: document.hidden ? 'none' : 'active' })
    );
    const leave = followTopic({
      url: realtimeUrl,
      topic: `salon:${salon.id}`,
      accessToken: async () =>
        (await supabase.auth.getSession()).data.session?.access_token ?? null,
      onMessage: refresher.refresh,
      onJoined: (isJoined) => {
        setLive(isJoined);
        // Changes may have been announced while nobody listened.
        if (isJoined) refresher.refresh();
      },
    });
    return () => {
      leave();
      refresher.end();
    };
  }, [supabase, realtimeUrl, salon.id]);
  return <LiveContext.Provider value={isLive}>{children}</LiveContext.Provider>;
}

/** How often to poll: as often as given, or seldom while changes are announced. */
export function usePolling(ms: number): number {
  return useContext(LiveContext) ? Math.max(ms, LIVE_POLL_MS) : ms;
}
