import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { contentSecurityPolicy } from '../../dashboard/content-security-policy.ts';
import { listenNear, LOOPBACK } from '../setup/ports.ts';
import { createDashboardBuild } from './build.ts';
import { encode } from './compression.ts';

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
const REVALIDATED = 'no-cache';

/** A file of the page, or a message instead; `type` is the end of its name. */
type Found = { status: number; type: string; body: Uint8Array; cacheControl?: string };

function text(status: number, message: string): Found {
  return { status, type: '.txt', body: Buffer.from(message) };
}

/** Serves the page as a static host would; it is built when it is first requested. */
export async function startDashboard(options: DashboardOptions): Promise<DashboardServer> {
  const { outDir, apiUrl, publishableKey, say } = options;
  const build = createDashboardBuild(outDir);
  const headers = {
    'content-security-policy': `${contentSecurityPolicy(apiUrl)}; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };

  const server = createServer(async (request, response) => {
    const file = await find(request.url ?? '/')
      .catch(() => text(500, 'The page cannot be read'));
    await send(request, response, file).catch(() => response.destroy());
  });

  async function find(target: string): Promise<Found> {
    // Concatenated, not resolved: a relative target such as `//` would name a host.
    const { pathname } = new URL(`http://${LOOPBACK}${target}`);
    if (pathname === '/config.json') {
      // The local stack has no Realtime server.
      const config = JSON.stringify({ supabaseUrl: apiUrl, publishableKey, hasRealtime: false });
      return { status: 200, type: '.json', body: Buffer.from(config) };
    }
    if (pathname === '/' || pathname === '/c/') {
      const problem = await build.refresh();
      if (problem !== null) {
        say(`The dashboard could not be built:\n${problem}`);
        return text(500, problem);
      }
      return {
        status: 200,
        type: '.html',
        body: await readFile(join(outDir, pathname, 'index.html')),
      };
    }
    // Only plain names, so no request can leave the folder.
    const name = /^\/((?:assets\/)?[\w.-]+)$/.exec(pathname)?.[1] ?? '';
    const body = await readFile(join(outDir, name)).catch(() => null);
    if (body === null) return text(404, 'Not found');
    const cacheControl = name.startsWith('assets/') ? IMMUTABLE : REVALIDATED;
    return { status: 200, type: extname(name), body, cacheControl };
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    { status, type, body, cacheControl = REVALIDATED }: Found,
  ): Promise<void> {
    const contentType = TYPES[type] ?? 'text/plain; charset=utf-8';
    const encoded = await encode(request, contentType, body);
    response.writeHead(status, {
      ...headers,
      'cache-control': cacheControl,
      'content-type': contentType,
      'vary': 'accept-encoding',
      ...(encoded.encoding === null ? {} : { 'content-encoding': encoded.encoding }),
    });
    response.end(encoded.body);
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
