import '../src/styles/tokens.css';
import '../src/styles/base.css';
import '../src/styles/controls.css';
import './client.css';
import { render } from 'preact';
import { readConfig } from '../src/config.ts';
import { ClientPage } from './client-page.tsx';
import { createLinkApi } from './link-api.ts';

async function start(root: HTMLElement): Promise<void> {
  const config = await readConfig('../config.json');
  const show = () => {
    const token = location.hash.slice(1);
    const api = config && createLinkApi(config.supabaseUrl, token);
    render(<ClientPage key={token} api={api} languages={navigator.languages} />, root);
  };
  // Another link that is opened in the same tab changes the fragment only.
  addEventListener('hashchange', show);
  show();
}

const root = document.getElementById('app');
if (root) start(root);
