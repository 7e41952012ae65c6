import '@fontsource-variable/figtree';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/language-switch.css';
import './styles/shell.css';
import './styles/sign-in.css';
import './styles/page.css';
import './styles/states.css';
import './styles/tiles.css';
import './styles/badges.css';
import './styles/appointments.css';
import './styles/rows.css';
import './styles/actions.css';
import './styles/dialog.css';
import './styles/forced-colors.css';
import './styles/print.css';
import { createClient } from '@supabase/supabase-js';
import { render } from 'preact';
import type { CalendarClient } from '../../shared/calendar/client.ts';
import type { Database } from '../../shared/database.types.ts';
import { App, type Project } from './app.tsx';
import { type DashboardConfig, readConfig } from './config.ts';
import { storedLanguage, switchLanguage } from './i18n/language.ts';
import { readRecoveryLink } from './session/recovery-link.ts';
import { LanguageProvider } from './i18n/use-language.tsx';

const SESSION_STORAGE_KEY = 'barkbook-session';

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  const [config] = await Promise.all([readConfig(), switchLanguage(language)]);
  const project = config && await connect(config);
  render(
    <LanguageProvider initial={language}>
      <App project={project} />
    </LanguageProvider>,
    root,
  );
}

async function connect(
  { supabaseUrl, publishableKey, hasRealtime }: DashboardConfig,
): Promise<Project> {
  const hadSession = localStorage.getItem(SESSION_STORAGE_KEY) !== null;
  const supabase = createClient<Database>(supabaseUrl, publishableKey, {
    // The router owns the hash, so the link of an e-mail is read here.
    auth: { storageKey: SESSION_STORAGE_KEY, detectSessionInUrl: false },
  });
  return {
    supabase,
    supabaseUrl,
    realtimeUrl: hasRealtime ? realtimeUrl(supabaseUrl, publishableKey) : null,
    hadSession,
    link: await followLink(supabase),
  };
}

function realtimeUrl(supabaseUrl: string, publishableKey: string): string {
  const url = new URL(`/realtime/v1/websocket`, supabaseUrl.replace(/^http/, 'ws'));
  url.searchParams.set('apikey', publishableKey);
  url.searchParams.set('vsn', '1.0.0');
  return url.href;
}

/** Signs in whoever comes through a link for a new password, and removes it from the address. */
async function followLink(supabase: CalendarClient): Promise<Project['link']> {
  const link = readRecoveryLink(location.hash);
  if (link.kind === 'none') return 'none';
  history.replaceState(null, '', location.pathname);
  if (link.kind === 'expired') return 'expired';
  const { error } = await supabase.auth.setSession({
    access_token: link.accessToken,
    refresh_token: link.refreshToken,
  });
  return error ? 'expired' : 'recovery';
}

const root = document.getElementById('app');
if (root) start(root);
