import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from '../../dashboard/content-security-policy.ts';
import { listenNear, LOOPBACK } from '../setup/ports.ts';
import { createDashboardBuild } from './build.ts';

/** Which project the page shows, and where it listens. */
export interface DashboardOptions {
  /** The port; the next free one when it is taken. */
  port: number;
  /** The folder of the built page. */
  outDir: string;
  apiUrl: string;
  publishableKey: string;
  say(line: string): void;
}

/** A listening server for the page. */
export interface DashboardServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Every file except the page itself has a version in its name. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Serves the page as a static host would; it is built when it is first requested. */
export async function startDashboard(options: DashboardOptions): Promise<DashboardServer> {
  const { outDir, apiUrl, publishableKey, say } = options;
  const build = createDashboardBuild(outDir);
  const headers = {
    'content-security-policy': `${contentSecurityPolicy(apiUrl)}; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };

  const server = createServer((request, response) => {
    serve(request.url ?? '/', response)
      .catch(() => send(response, 500, '.txt', 'The page cannot be read'));
  });

  async function serve(target: string, response: ServerResponse): Promise<void> {
    // Concatenated, not resolved: a relative target such as `//` would name a host.
    const { pathname } = new URL(`http://${LOOPBACK}${target}`);
    if (pathname === '/config.json') {
      return send(response, 200, '.json', JSON.stringify({ supabaseUrl: apiUrl, publishableKey }));
    }
    if (pathname === '/') {
      const problem = await build.refresh();
      if (problem !== null) {
        say(`The dashboard could not be built:\n${problem}`);
        return send(response, 500, '.txt', problem);
      }
      return send(response, 200, '.html', await readFile(join(outDir, 'index.html')));
    }
    // Only plain names, so no request can leave the folder.
    const file = /^\/((?:assets\/)?[\w.-]+)$/.exec(pathname)?.[1] ?? '';
    const content = await readFile(join(outDir, file)).catch(() => null);
    if (content === null) return send(response, 404, '.txt', 'Not found');
    send(
      response,
      200,
      extname(file),
      content,
      file.startsWith('assets/') ? IMMUTABLE : 'no-cache',
    );
  }

  function send(
    response: ServerResponse,
    status: number,
    type: string,
    body: string | Uint8Array,
    cacheControl = 'no-cache',
  ): void {
    response.writeHead(status, {
      ...headers,
      'cache-control': cacheControl,
      'content-type': TYPES[type] ?? 'text/plain; charset=utf-8',
    });
    response.end(body);
  }

  const port = await listenNear(server, options.port);
  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
