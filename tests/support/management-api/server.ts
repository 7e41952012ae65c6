import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { OpenAPIBackend } from 'openapi-backend';
import { proxy } from '../../../local/gateway/proxy.ts';
import { LOOPBACK } from '../../../local/setup/ports.ts';
import { startLoopbackServer } from '../loopback-server.ts';
import { newAuthConfig, openDocument } from './document.ts';
import { type Answer, type Call, type RouteDeps, ROUTES } from './routes.ts';
import type { ApiKey, ProjectState } from './state.ts';

/** The project of the stand-in, and the only token that it accepts. */
export const PROJECT_REF = 'abcdefghijklmnopqrst';
export const ACCESS_TOKEN = `sbp_${'0'.repeat(40)}`;

/** What the stand-in stands in front of. */
export type ManagementApiOptions = {
  /** A folder in which the Supabase CLI keeps its own state. */
  dir: string;
  /** The project's database, as postgres. */
  databaseUrl: string;
  /** Where the project serves its Data API, Auth and functions. */
  apiUrl?: string;
  apiKeys?: ApiKey[];
};

/** A running stand-in for Supabase's Management API with one project. */
export type ManagementApi = ProjectState & {
  /** The environment in which the Supabase CLI and our commands use it. */
  env: Record<string, string>;
  stop(): Promise<void>;
};

const PREFIX = `/v1/projects/${PROJECT_REF}`;

/**
 * Starts a stand-in whose every request and answer is checked with the official OpenAPI document. A
 * request that breaks it is refused; either way it is listed in `violations`.
 */
export async function startManagementApi(options: ManagementApiOptions): Promise<ManagementApi> {
  const document = await openDocument();
  const state: ProjectState = {
    status: 'ACTIVE_HEALTHY',
    isBranch: false,
    requests: [],
    violations: [],
    functions: new Map(),
    secrets: new Map(),
    authConfig: await newAuthConfig(),
    apiKeys: options.apiKeys ?? [],
    failures: new Map(),
  };
  const deps = { ref: PROJECT_REF, databaseUrl: options.databaseUrl, state };
  const server = await startLoopbackServer(async (request, response) => {
    if (!request.url?.startsWith('/v1/')) return forward(request, response, options.apiUrl);
    const { status, body, headers } = await answer(request, document, deps)
      .catch((failure: unknown) => {
        state.violations.push(String(failure));
        return { status: 500, body: { message: String(failure) }, headers: {} };
      });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  return Object.assign(state, {
    env: await environment(options, server.url),
    stop: server.stop,
  });
}

async function environment(
  { dir }: ManagementApiOptions,
  url: string,
): Promise<Record<string, string>> {
  const profile = join(dir, 'profile.yaml');
  await writeFile(
    profile,
    `name: stand-in\napi_url: ${url}\ndashboard_url: ${url}\nproject_host: ${LOOPBACK}\n`,
  );
  return {
    SUPABASE_PROFILE: profile,
    SUPABASE_HOME: dir,
    SUPABASE_ACCESS_TOKEN: ACCESS_TOKEN,
    SUPABASE_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
}

/** The project's own services, which hosted Supabase serves at another address. */
function forward(request: IncomingMessage, response: ServerResponse, apiUrl?: string): void {
  const onUnreachable = (): void => {
    response.writeHead(503).end();
  };
  if (apiUrl === undefined) return onUnreachable();
  const path = request.url ?? '/';
  proxy(request, response, {
    origin: apiUrl,
    path,
    requestHeaders: {},
    responseHeaders: {},
    onUnreachable,
  });
}

async function answer(
  request: IncomingMessage,
  document: OpenAPIBackend,
  deps: RouteDeps,
): Promise<Answer> {
  const { state } = deps;
  const method = request.method ?? '';
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const called = `${method} ${url.pathname.replace(PREFIX, '') || '/'}`;
  state.requests.push(called);
  const { body, files } = await readBody(request);
  if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) {
    return { status: 401, body: { message: 'Unauthorized' } };
  }
  const failure = state.failures.get(called)?.shift();
  if (failure) return { ...failure, body: { message: failure.message } };
  const parsed = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: headersOf(request),
    ...(body === undefined ? {} : { body }),
  };
  const operation = document.matchOperation(parsed);
  const { operationId = '' } = operation ?? {};
  const route = ROUTES[operationId];
  if (!operation || !route || !url.pathname.includes(`/${PROJECT_REF}`)) {
    return { status: 404, body: { message: `the stand-in has no ${called}` } };
  }
  const checked = document.validateRequest(parsed, operation);
  if (checked.errors?.length) {
    const message = `${called}: ${JSON.stringify(checked.errors)}`;
    state.violations.push(message);
    return { status: 400, body: { message } };
  }
  const call: Call = {
    query: { ...checked.coerced?.query },
    params: document.router.parseRequest(parsed, operation).params as Record<string, string>,
    body,
    files,
  };
  const answered = await route(call, deps);
  if (answered.body !== undefined && answered.status < 300) {
    const { errors } = document.validateResponse(answered.body, operation, answered.status);
    if (errors?.length) {
      state.violations.push(`answer to ${called}: ${JSON.stringify(errors)}`);
    }
  }
  return answered;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
}

async function readBody(
  request: IncomingMessage,
): Promise<{ body: unknown; files: Map<string, string> }> {
  const files = new Map<string, string>();
  const contentType = request.headers['content-type'] ?? '';
  const bytes = await buffer(request);
  if (bytes.length === 0) return { body: undefined, files };
  if (!contentType.startsWith('multipart/form-data')) {
    return { body: JSON.parse(bytes.toString()), files };
  }
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  for (const file of form.getAll('file')) {
    if (file instanceof File) files.set(file.name, await file.text());
  }
  const metadata = form.get('metadata');
  const body = {
    file: [...files.keys()],
    metadata: typeof metadata === 'string' ? JSON.parse(metadata) : metadata,
  };
  return { body, files };
}
