import { useState } from 'preact/hooks';
import { Router } from 'wouter-preact';
import { useHashLocation } from 'wouter-preact/use-hash-location';
import type { CalendarClient } from '../../shared/calendar/client.ts';
import { BackendProvider } from './data/backend.tsx';
import { LiveProvider } from './data/live.tsx';
import { SalonProvider } from './data/salon.tsx';
import { useT } from './i18n/use-language.tsx';
import { AccountPages } from './session/account-pages.tsx';
import { NewPasswordPage } from './session/new-password-page.tsx';
import { useSession } from './session/use-session.ts';
import { Pages } from './pages/pages.tsx';
import { Shell } from './shell/shell.tsx';
import { Loading, Message } from './ui/states.tsx';

/**
 * The project of the page and a client for it. `realtimeUrl`: null where there is no Realtime;
 * `hadSession`: this browser has a stored session; `link`: what the link of an e-mail brought.
 */
export type Project = {
  supabase: CalendarClient;
  supabaseUrl: string;
  realtimeUrl: string | null;
  hadSession: boolean;
  link: 'none' | 'expired' | 'recovery';
};

/** The page; `project` is null if none is configured. */
export function App({ project }: { project: Project | null }) {
  const t = useT();
  if (project === null) {
    return (
      <main class='centered'>
        <Message title={t('noConfig.title')}>{t('noConfig.next')}</Message>
      </main>
    );
  }
  return <SessionGate {...project} />;
}

function SessionGate({ supabase, supabaseUrl, realtimeUrl, hadSession, link }: Project) {
  const [isRecovering, setRecovering] = useState(link === 'recovery');
  const { state, signOut, onExpired } = useSession(supabase, hadSession);
  if (state.kind === 'starting') return <Loading />;
  if (state.kind === 'out') {
    return (
      <AccountPages
        supabase={supabase}
        expired={state.expired}
        linkExpired={link === 'expired'}
      />
    );
  }
  if (isRecovering) {
    return <NewPasswordPage supabase={supabase} done={() => setRecovering(false)} />;
  }
  // Keyed by user, so that no data of one user is ever shown to another.
  return (
    <BackendProvider
      key={state.userId}
      supabase={supabase}
      supabaseUrl={supabaseUrl}
      onExpired={onExpired}
    >
      <SalonProvider signOut={signOut}>
        <LiveProvider supabase={supabase} realtimeUrl={realtimeUrl}>
          {/* Hash addresses work on any static host, without rewriting. */}
          <Router hook={useHashLocation}>
            <Shell email={state.email} signOut={signOut}>
              <Pages />
            </Shell>
          </Router>
        </LiveProvider>
      </SalonProvider>
    </BackendProvider>
  );
}
