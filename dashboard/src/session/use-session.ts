import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';

/** The session. `expired`: it ended without signing out. */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out'; expired: boolean }
  | { kind: 'in'; userId: string; email: string };

/**
 * Follows the session that supabase-js stores in this browser, in whichever tab it changes.
 * `hadSession`: there was one before the page was loaded.
 */
export function useSession(supabase: CalendarClient, hadSession: boolean) {
  const [state, setState] = useState<SessionState>({ kind: 'starting' });
  const isLeaving = useRef(!hadSession);

  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_, session) => {
      if (!session) return setState({ kind: 'out', expired: !isLeaving.current });
      const { id: userId, email = '' } = session.user;
      isLeaving.current = false;
      // The same object if only the token was renewed, so that nothing rerenders.
      setState((last) =>
        last.kind === 'in' && last.userId === userId ? last : { kind: 'in', userId, email }
      );
    });
    return () => data.subscription.unsubscribe();
  }, [supabase]);

  /** Removes a session that the server no longer accepts. */
  const onExpired = useCallback(() => {
    supabase.auth.signOut({ scope: 'local' }).catch(() => {});
  }, [supabase]);

  /** Signs out in this browser only: the salon's tablet stays signed in. */
  const signOut = useCallback(() => {
    isLeaving.current = true;
    onExpired();
  }, [onExpired]);

  return { state, signOut, onExpired };
}
