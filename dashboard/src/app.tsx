import { Router } from 'wouter-preact';
import { useHashLocation } from 'wouter-preact/use-hash-location';
import type { CalendarClient } from '../../shared/calendar/client.ts';
import { BackendProvider } from './data/backend.tsx';
import { SalonProvider } from './data/salon.tsx';
import { useT } from './i18n/use-language.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { useSession } from './session/use-session.ts';
import { Pages } from './pages/pages.tsx';
import { Shell } from './shell/shell.tsx';
import { Loading, Message } from './ui/states.tsx';

/** The page, or what it lacks: `supabase` is null when no project was configured. */
export function App({ supabase }: { supabase: CalendarClient | null }) {
  const t = useT();
  if (supabase === null) {
    return (
      <main class='alone'>
        <Message title={t('noConfig.title')}>{t('noConfig.next')}</Message>
      </main>
    );
  }
  return <SignedInOrNot supabase={supabase} />;
}

function SignedInOrNot({ supabase }: { supabase: CalendarClient }) {
  const { state, signOut, onExpired } = useSession(supabase);
  if (state.kind === 'starting') return <Loading />;
  if (state.kind === 'out') return <SignInPage supabase={supabase} expired={state.expired} />;
  // A key of its own for each user, so that nothing read for one is ever shown to another.
  return (
    <BackendProvider key={state.userId} supabase={supabase} onExpired={onExpired}>
      <SalonProvider signOut={signOut}>
        {/* Hashes, so that any static host can serve the page without rewriting addresses. */}
        <Router hook={useHashLocation}>
          <Shell email={state.email} signOut={signOut}>
            <Pages />
          </Shell>
        </Router>
      </SalonProvider>
    </BackendProvider>
  );
}
