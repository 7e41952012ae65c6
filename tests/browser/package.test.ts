import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { type LoopbackServer, startLoopbackServer } from '../support/loopback-server.ts';
import { createPackageConsumer, type PackageConsumer } from '../support/package-consumer.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon } from './support/salon.ts';
import { browserStack } from './support/stack.ts';

const PAGE = '<!doctype html><title>App</title><script type="module" src="/page.ts"></script>';
const SCRIPT = "import { run } from './app.ts';\nObject.assign(globalThis, { run });\n";

let consumer: PackageConsumer;
let site: LoopbackServer;

beforeAll(async () => {
  consumer = await createPackageConsumer();
  await writeFile(join(consumer.dir, 'index.html'), PAGE);
  await writeFile(join(consumer.dir, 'page.ts'), SCRIPT);
  await build({ root: consumer.dir, logLevel: 'error' });
  site = await startLoopbackServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url ?? '';
    const body = await readFile(join(consumer.dir, 'dist', path)).catch(() => '');
    const type = extname(path) === '.js' ? 'text/javascript' : 'text/html';
    response.writeHead(200, { 'content-type': type }).end(body);
  });
});
afterAll(async () => {
  await site.stop();
  await consumer.remove();
});

test('an app that a bundler made with the package reads the Data API in a browser', async () => {
  const { apiUrl, dashboardUrl } = browserStack();
  const { publishableKey } = await (await fetch(`${dashboardUrl}/config.json`)).json();
  const salon = await createSalon('Psi Styl');
  await deliver(created, bookToday(salon, '15:00'));
  const { auth } = createClient(apiUrl, publishableKey, { auth: { persistSession: false } });
  const { data } = await auth.signInWithPassword(salon.owner);
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(site.url);
  const args = [apiUrl, publishableKey, data.session?.access_token, salon.id];

  const read = await page.evaluate(`run(...${JSON.stringify(args)})`);
  await browser.close();

  expect(read).toMatchObject({ start: '15:00', code: 'invalid_input' });
});
