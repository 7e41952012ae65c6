import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    hasRealtime: false,
  });
});

describe('a file', () => {
  const source = 'export const greeting = "dzień dobry";\n'.repeat(400);
  const raw = (path: string, encodings: string) =>
    new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
      const headers = { 'accept-encoding': encodings };
      get(dashboard.url + path, { headers }, async (response) => {
        resolve({ headers: response.headers, body: await buffer(response) });
      }).on('error', reject);
    });

  beforeAll(async () => {
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'assets', 'page.js'), source);
    await writeFile(join(dir, 'assets', 'font.woff2'), source);
    await writeFile(join(dir, 'small.js'), 'export {};');
  });

  it.each([
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
    ['gzip', 'gzip, deflate, br;q=0', gunzipSync],
  ])('is compressed with %s for a browser that accepts it', async (encoding, accepted, open) => {
    const { headers, body } = await raw('/assets/page.js', accepted);

    expect(headers).toMatchObject({ 'content-encoding': encoding, 'vary': 'accept-encoding' });
    expect(open(body).toString()).toBe(source);
    expect(body.length).toBeLessThan(source.length / 10);
  });

  it.each([
    ['for whoever accepts no compression', '/assets/page.js', 'identity'],
    ['if it is compressed already', '/assets/font.woff2', 'br, gzip'],
    ['if it is small', '/small.js', 'br, gzip'],
  ])('is sent as it is %s', async (_name, path, accepted) => {
    const { headers, body } = await raw(path, accepted);

    expect(headers).not.toHaveProperty('content-encoding');
    expect(body).toEqual(await readFile(join(dir, path)));
  });
});
