import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runCommand } from '../../local/processes/run-command.ts';
import { browserStack } from './support/stack.ts';

const LIMIT_BYTES = 250 * 1024;
const CLIENT_LIMIT_BYTES = 40 * 1024;

test('everything the page loads, fonts included, is less than 250 KB', async () => {
  const { dashboardDir, dashboardUrl } = browserStack();
  // The first request builds the page.
  await fetch(dashboardUrl);
  const names = await readdir(dashboardDir, { recursive: true });
  const files = names.filter((name) => /\.\w+$/.test(name));
  const sizes = await Promise.all(
    files.map(async (name) => gzipSync(await readFile(join(dashboardDir, name))).length),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(LIMIT_BYTES);
});

test('everything the client’s page loads is less than 40 KB', async () => {
  const { dashboardDir, dashboardUrl } = browserStack();
  const html = await (await fetch(`${dashboardUrl}/c/`)).text();
  // Nothing is loaded later: its script imports only what the page preloads.
  const names = [...html.matchAll(/(?:src|href)="\.\.\/([^"]+)"/g)].map(([, name = '']) => name);
  const sizes = await Promise.all(
    [...names, 'c/index.html'].map(async (name) =>
      gzipSync(await readFile(join(dashboardDir, name))).length
    ),
  );
  expect(names.filter((name) => name.endsWith('.js')).length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(CLIENT_LIMIT_BYTES);
});

test('a page built for a project contains its address and a policy for it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-hosted-'));
  const { ok, output } = await runCommand(
    [process.execPath, ...['node_modules/vite/bin/vite.js', 'build', 'dashboard', '--outDir', dir]],
    {
      env: {
        ...process.env,
        VITE_SUPABASE_URL: 'https://abcdefghijklmnopqrst.supabase.co',
        VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_of_the_project',
      },
    },
  );
  expect(ok, output).toBe(true);

  for (const name of ['index.html', 'c/index.html']) {
    const page = await readFile(join(dir, name), 'utf8');
    expect(page).toContain(
      ' https://abcdefghijklmnopqrst.supabase.co wss://abcdefghijklmnopqrst.supabase.co; base-uri ',
    );
  }
  const scripts = (await readdir(join(dir, 'assets'))).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(
    scripts.map((name) => readFile(join(dir, 'assets', name), 'utf8')),
  );
  expect(texts.join()).toContain('sb_publishable_of_the_project');
  await rm(dir, { recursive: true });
});

test('the page is served as a static host would, with a policy that allows nothing inline', async () => {
  const { dashboardUrl, apiUrl } = browserStack();

  const page = await fetch(dashboardUrl);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain(
    `connect-src 'self' ${apiUrl} ${apiUrl.replace('http', 'ws')};`,
  );
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(await page.text()).not.toMatch(/<script(?![^>]* src=)/);

  expect((await fetch(`${dashboardUrl}/nothing-there`)).status).toBe(404);
  expect((await fetch(`${dashboardUrl}/..%2fkeys.json`)).status).toBe(404);
});
