import '@fontsource-variable/figtree';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/parts.css';
import { createClient } from '@supabase/supabase-js';
import { render } from 'preact';
import type { CalendarClient } from '../../shared/calendar/client.ts';
import type { Database } from '../../shared/database.types.ts';
import { App } from './app.tsx';
import { type DashboardConfig, readConfig } from './config.ts';
import { speak, storedLanguage } from './i18n/language.ts';
import { LanguageProvider } from './i18n/use-language.tsx';

async function start(root: HTMLElement): Promise<void> {
  const language = storedLanguage();
  const [config] = await Promise.all([readConfig(), speak(language)]);
  const project = config && { supabase: connect(config), supabaseUrl: config.supabaseUrl };
  render(
    <LanguageProvider initial={language}>
      <App project={project} />
    </LanguageProvider>,
    root,
  );
}

function connect({ supabaseUrl, publishableKey }: DashboardConfig): CalendarClient {
  // The address of the page is its own: no sign-in comes back through it.
  return createClient<Database>(supabaseUrl, publishableKey, {
    auth: { detectSessionInUrl: false },
  });
}

const root = document.getElementById('app');
if (root) start(root);
