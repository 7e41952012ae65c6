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
import { createClient } from '@supabase/supabase-js';
import { render } from 'preact';
import type { Database } from '../../shared/database.types.ts';
import { App, type Project } from './app.tsx';
import { type DashboardConfig, readConfig } from './config.ts';
import { storedLanguage, switchLanguage } from './i18n/language.ts';
import { LanguageProvider } from './i18n/use-language.tsx';

const SESSION_STORAGE_KEY = 'barkbook-session';

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  const [config] = await Promise.all([readConfig(), switchLanguage(language)]);
  const project = config && connect(config);
  render(
    <LanguageProvider initial={language}>
      <App project={project} />
    </LanguageProvider>,
    root,
  );
}

function connect({ supabaseUrl, publishableKey }: DashboardConfig): Project {
  const hadSession = localStorage.getItem(SESSION_STORAGE_KEY) !== null;
  const supabase = createClient<Database>(supabaseUrl, publishableKey, {
    // Nobody signs in through a link, so the page's address is not searched for a session.
    auth: { storageKey: SESSION_STORAGE_KEY, detectSessionInUrl: false },
  });
  return { supabase, supabaseUrl, hadSession };
}

const root = document.getElementById('app');
if (root) start(root);
