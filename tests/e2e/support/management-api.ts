import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { join } from 'node:path';
import { LOOPBACK } from '../../../local/setup/ports.ts';

/** The project of the stand-in. */
export const PROJECT_REF = 'abcdefghijklmnopqrst';

/** A stand-in for Supabase's management API, which records what the CLI does. */
export type ManagementApi = {
  /** The environment in which the Supabase CLI uses it. */
  env: Record<string, string>;
  /** The requests, such as `GET /functions`, without the common part of all paths. */
  requests: string[];
  /** The uploaded files of each function: path to text. */
  uploads: Map<string, Map<string, string>>;
  secrets: Map<string, string>;
  stop(): Promise<void>;
};

type State = Pick<ManagementApi, 'requests' | 'uploads' | 'secrets'>;

type Answer = { status: number; body: unknown };

/** Starts the stand-in; the CLI keeps its own state in `dir`. */
export async function startManagementApi(dir: string): Promise<ManagementApi> {
  const state: State = { requests: [], uploads: new Map(), secrets: new Map() };
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, state);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    ...state,
    env: await cliEnv(dir, `http://${LOOPBACK}:${port}`),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function cliEnv(dir: string, url: string): Promise<Record<string, string>> {
  const profile = join(dir, 'profile.yaml');
  await writeFile(
    profile,
    `name: stand-in\napi_url: ${url}\ndashboard_url: ${url}\nproject_host: ${LOOPBACK}\n`,
  );
  return {
    SUPABASE_PROFILE: profile,
    SUPABASE_HOME: dir,
    SUPABASE_ACCESS_TOKEN: `sbp_${'0'.repeat(40)}`,
    SUPABASE_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
}

async function answer(
  request: IncomingMessage,
  { requests, uploads, secrets }: State,
): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const called = `${request.method} ${url.pathname.replace(`/v1/projects/${PROJECT_REF}`, '')}`;
  requests.push(called);
  switch (called) {
    case 'GET /functions':
      return { status: 200, body: [...uploads.keys()].map(describeFunction) };
    case 'POST /functions/deploy': {
      const slug = url.searchParams.get('slug') ?? '';
      uploads.set(slug, await readUpload(request));
      return { status: 201, body: describeFunction(slug) };
    }
    // Several functions are uploaded one by one and then switched over together.
    case 'PUT /functions':
      return { status: 200, body: { functions: JSON.parse((await buffer(request)).toString()) } };
    case 'GET /secrets':
      return { status: 200, body: [...secrets].map(([name, value]) => ({ name, value })) };
    case 'POST /secrets':
      for (const { name, value } of JSON.parse((await buffer(request)).toString())) {
        secrets.set(name, value);
      }
      return { status: 201, body: null };
    default:
      return { status: 404, body: { message: 'the stand-in has no such thing' } };
  }
}

function describeFunction(slug: string): object {
  return { id: slug, slug, name: slug, version: 1, status: 'ACTIVE' };
}

async function readUpload(request: IncomingMessage): Promise<Map<string, string>> {
  const contentType = request.headers['content-type'] ?? '';
  const body = new Response(await buffer(request), { headers: { 'content-type': contentType } });
  const files = new Map<string, string>();
  for (const file of (await body.formData()).getAll('file')) {
    if (file instanceof File) files.set(file.name, await file.text());
  }
  return files;
}
