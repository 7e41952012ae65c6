import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DashboardServer, startDashboard } from '../../../local/dashboard/server.ts';
import { freePort } from '../../../local/setup/ports.ts';

let dir: string;
let dashboard: DashboardServer;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-dashboard-test-'));
  dashboard = await startDashboard({
    port: await freePort(),
    outDir: dir,
    apiUrl: 'http://127.0.0.1:1',
    publishableKey: 'sb_publishable_of_the_test',
    say: () => {},
  });
});
afterAll(async () => {
  await dashboard.stop();
  await rm(dir, { recursive: true, force: true });
});

it.each(['//', '///', '//:', '/assets/', '/..%2f..%2fetc/passwd'])(
  'a path that is not a file is not found: %s',
  async (path) => {
    expect((await fetch(dashboard.url + path)).status).toBe(404);
  },
);

it('the page can read its project', async () => {
  expect(await (await fetch(`${dashboard.url}/config.json`)).json()).toEqual({
    supabaseUrl: 'http://127.0.0.1:1',
    publishableKey: 'sb_publishable_of_the_test',
  });
});
