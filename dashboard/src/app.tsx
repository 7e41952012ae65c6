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

/** What the page shows, and a client of it; `hadSession`: somebody was signed in here before. */
export type Project = { supabase: CalendarClient; supabaseUrl: string; hadSession: boolean };

/** The page, or what it lacks: `project` is null when none was configured. */
export function App({ project }: { project: Project | null }) {
  const t = useT();
  if (project === null) {
    return (
      <main class='alone'>
        <Message title={t('noConfig.title')}>{t('noConfig.next')}</Message>
      </main>
    );
  }
  return <SignedInOrNot {...project} />;
}

function SignedInOrNot({ supabase, supabaseUrl, hadSession }: Project) {
  const { state, signOut, onExpired } = useSession(supabase, hadSession);
  if (state.kind === 'starting') return <Loading />;
  if (state.kind === 'out') return <SignInPage supabase={supabase} expired={state.expired} />;
  // A key of its own for each user, so that nothing read for one is ever shown to another.
  return (
    <BackendProvider
      key={state.userId}
      supabase={supabase}
      supabaseUrl={supabaseUrl}
      onExpired={onExpired}
    >
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
