import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';

/** Who is there. `expired`: somebody was, and did not leave by themselves. */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out'; expired: boolean }
  | { kind: 'in'; userId: string; email: string };

/**
 * Follows the session that supabase-js keeps in this browser, in whichever tab it changes.
 * `hadSession` tells whether there was one before the page was loaded.
 */
export function useSession(supabase: CalendarClient, hadSession: boolean) {
  const [state, setState] = useState<SessionState>({ kind: 'starting' });
  const leaving = useRef(!hadSession);

  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_, session) => {
      if (!session) return setState({ kind: 'out', expired: !leaving.current });
      const { id: userId, email = '' } = session.user;
      leaving.current = false;
      // The same object when only the token was renewed, so that nothing is drawn anew.
      setState((last) =>
        last.kind === 'in' && last.userId === userId ? last : { kind: 'in', userId, email }
      );
    });
    return () => data.subscription.unsubscribe();
  }, [supabase]);

  /** Forgets a session that the server no longer accepts. */
  const onExpired = useCallback(() => {
    supabase.auth.signOut({ scope: 'local' }).catch(() => {});
  }, [supabase]);

  /** Leaves in this browser only: the salon's tablet stays signed in. */
  const signOut = useCallback(() => {
    leaving.current = true;
    onExpired();
  }, [onExpired]);

  return { state, signOut, onExpired };
}
