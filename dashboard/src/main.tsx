import '@fontsource-variable/figtree';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/parts.css';
import { createClient } from '@supabase/supabase-js';
import { render } from 'preact';
import type { Database } from '../../shared/database.types.ts';
import { App, type Project } from './app.tsx';
import { type DashboardConfig, readConfig } from './config.ts';
import { speak, storedLanguage } from './i18n/language.ts';
import { LanguageProvider } from './i18n/use-language.tsx';

const SESSION_STORED_AS = 'barkbook-session';

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  const [config] = await Promise.all([readConfig(), speak(language)]);
  const project = config && connect(config);
  render(
    <LanguageProvider initial={language}>
      <App project={project} />
    </LanguageProvider>,
    root,
  );
}

function connect({ supabaseUrl, publishableKey }: DashboardConfig): Project {
  const hadSession = localStorage.getItem(SESSION_STORED_AS) !== null;
  const supabase = createClient<Database>(supabaseUrl, publishableKey, {
    // The address of the page is its own: no sign-in comes back through it.
    auth: { storageKey: SESSION_STORED_AS, detectSessionInUrl: false },
  });
  return { supabase, supabaseUrl, hadSession };
}

const root = document.getElementById('app');
if (root) start(root);
