import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { forgetDrafts, keepDraftsOf } from '../data/use-draft.ts';

/** The session. `expired`: it ended without signing out. */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out'; expired: boolean }
  | { kind: 'in'; userId: string; email: string };

/** Set in this browser while nobody is signed in because they signed out, in whichever tab. */
const SIGNED_OUT_KEY = 'barkbook-signed-out';

/**
 * Follows the session that supabase-js stores in this browser, in whichever tab it changes.
 * `hadSession`: there was one before the page was loaded.
 */
export function useSession(supabase: CalendarClient, hadSession: boolean) {
  const [state, setState] = useState<SessionState>({ kind: 'starting' });

  useEffect(() => {
    let had = hadSession;
    let isIn = false;
    const { data } = supabase.auth.onAuthStateChange((_, session) => {
      if (!session) {
        isIn = false;
        const isSignedOut = localStorage.getItem(SIGNED_OUT_KEY) !== null;
        if (isSignedOut) forgetDrafts();
        return setState({ kind: 'out', expired: had && !isSignedOut });
      }
      const { id: userId, email = '' } = session.user;
      keepDraftsOf(userId);
      had = true;
      // Once: a session that is told of again must not undo that another tab just signed out.
      if (!isIn) localStorage.removeItem(SIGNED_OUT_KEY);
      isIn = true;
      // The same object if only the token was renewed, so that nothing rerenders.
      setState((last) =>
        last.kind === 'in' && last.userId === userId ? last : { kind: 'in', userId, email }
      );
    });
    // The news that another tab signed out may arrive before the mark that it set.
    const onMark = ({ key, newValue }: StorageEvent) => {
      if (key !== SIGNED_OUT_KEY || newValue === null || isIn) return;
      forgetDrafts();
      setState((last) => last.kind === 'out' ? { kind: 'out', expired: false } : last);
    };
    addEventListener('storage', onMark);
    return () => {
      removeEventListener('storage', onMark);
      data.subscription.unsubscribe();
    };
  }, [supabase]);

  /** Removes a session that the server no longer accepts. */
  const onExpired = useCallback(() => {
    supabase.auth.signOut({ scope: 'local' }).catch(() => {});
  }, [supabase]);

  /** Signs out in this browser only: the salon's tablet stays signed in. */
  const signOut = useCallback(() => {
    localStorage.setItem(SIGNED_OUT_KEY, 'true');
    forgetDrafts();
    onExpired();
  }, [onExpired]);

  return { state, signOut, onExpired };
}
