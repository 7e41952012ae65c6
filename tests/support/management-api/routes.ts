import { createHash } from 'node:crypto';
import { runQuery } from './sql.ts';
import type { ProjectState, UploadedFunction } from './state.ts';

/** An answer in JSON; an undefined body is empty. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A request that the document allows. */
export type Call = {
  query: Record<string, unknown>;
  params: Record<string, string>;
  /** Parsed JSON, or the members of a form. */
  body: unknown;
  files: Map<string, string>;
};

/** The project behind the routes. */
export type RouteDeps = {
  ref: string;
  /** As postgres. */
  databaseUrl: string;
  state: ProjectState;
};

type Route = (call: Call, deps: RouteDeps) => Answer | Promise<Answer>;

/** What the stand-in does, by the operation ids of the official document. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'v1-get-project': (_, { ref, state }) =>
    state.isBranch
      ? { status: 404, body: { message: 'Project not found' } }
      : { status: 200, body: describeProject(ref, state) },
  'v1-get-a-branch-config': (_, { ref, state }) =>
    state.isBranch
      ? { status: 200, body: describeBranch(ref, state) }
      : { status: 404, body: { message: 'Branch not found' } },
  'v1-get-project-api-keys': ({ query }, { state }) => ({
    status: 200,
    body: state.apiKeys.map(({ api_key, ...key }) => ({
      ...key,
      api_key: query.reveal === true || key.type !== 'secret' ? api_key : null,
    })),
  }),
  'v1-list-all-secrets': (_, { state }) => ({
    status: 200,
    body: [...state.secrets].map(([name, value]) => ({ name, value: digest(value) })),
  }),
  'v1-bulk-create-secrets': ({ body }, { state }) => {
    for (const { name, value } of body as { name: string; value: string }[]) {
      state.secrets.set(name, value);
    }
    return { status: 201 };
  },
  'v1-bulk-delete-secrets': ({ body }, { state }) => {
    for (const name of body as string[]) state.secrets.delete(name);
    return { status: 200 };
  },
  'v1-get-auth-service-config': (_, { state }) => ({ status: 200, body: state.authConfig }),
  'v1-update-auth-service-config': ({ body }, { state }) => {
    Object.assign(state.authConfig, body);
    return { status: 200, body: state.authConfig };
  },
  'v1-get-pooler-config': (_, deps) => ({ status: 200, body: [describePooler(deps)] }),
  // The CLI gets a login of its own; here it is postgres itself.
  'v1-create-login-role': (_, { databaseUrl }) => {
    const { username, password } = new URL(databaseUrl);
    return { status: 201, body: { role: username, password, ttl_seconds: 3600 } };
  },
  'v1-run-a-query': ({ body }, { databaseUrl }) =>
    runQuery(databaseUrl, body as { query: string; parameters?: unknown[] }),
  'v1-list-all-functions': (_, { state }) => ({
    status: 200,
    body: [...state.functions].map(([slug, uploaded]) => describeFunction(slug, uploaded)),
  }),
  'v1-get-a-function': ({ params }, { state }) => {
    const slug = params.function_slug ?? '';
    const uploaded = state.functions.get(slug);
    return uploaded
      ? { status: 200, body: describeFunction(slug, uploaded) }
      : { status: 404, body: { message: 'Function not found' } };
  },
  'v1-deploy-a-function': ({ query, body, files }, { state }) => {
    const slug = String(query.slug);
    const { metadata } = body as { metadata: Record<string, unknown> };
    const version = (state.functions.get(slug)?.version ?? 0) + 1;
    const uploaded = { metadata, files, version, updatedAt: Date.now() };
    state.functions.set(slug, uploaded);
    return { status: 201, body: describeFunction(slug, uploaded) };
  },
  // Several functions are uploaded one by one and then switched over together.
  'v1-bulk-update-functions': ({ body }) => ({
    status: 200,
    body: {
      functions: (body as object[]).map((each) => ({ updated_at: 0, created_at: 0, ...each })),
    },
  }),
  'v1-delete-a-function': ({ params }, { state }) =>
    state.functions.delete(params.function_slug ?? '')
      ? { status: 200 }
      : { status: 404, body: { message: 'Function not found' } },
};

function describeProject(ref: string, { status }: ProjectState): object {
  return {
    id: ref,
    ref,
    organization_id: 'barkbook',
    organization_slug: 'barkbook',
    name: 'BarkBook',
    region: 'eu-central-1',
    created_at: '2026-01-01T00:00:00Z',
    status,
    database: {
      host: `db.${ref}.supabase.co`,
      version: '17.6.1',
      postgres_engine: '17',
      release_channel: 'ga',
    },
  };
}

function describeBranch(ref: string, { status }: ProjectState): object {
  return {
    ref,
    postgres_version: '17.6.1',
    postgres_engine: '17',
    release_channel: 'ga',
    status,
    db_host: `db.${ref}.supabase.co`,
    db_port: 5432,
  };
}

/**
 * The CLI refuses a pooler without a domain, and connects to it at port 5432. So the first host has
 * a domain that no resolver knows, and the second one is where the database listens.
 */
function describePooler({ ref, databaseUrl }: RouteDeps): object {
  const { username, host, pathname } = new URL(databaseUrl);
  const address = `postgresql://${username}@pooler.invalid:5432,${host}${pathname}?sslmode=disable`;
  return {
    identifier: ref,
    database_type: 'PRIMARY',
    is_using_scram_auth: true,
    db_user: username,
    db_host: 'pooler.invalid',
    db_port: 5432,
    db_name: pathname.slice(1),
    connection_string: address,
    connectionString: address,
    default_pool_size: null,
    max_client_conn: null,
    pool_mode: 'session',
  };
}

function describeFunction(slug: string, uploaded: UploadedFunction): object {
  const { metadata, version, updatedAt } = uploaded;
  return {
    id: slug,
    slug,
    name: slug,
    version,
    status: 'ACTIVE',
    created_at: updatedAt,
    updated_at: updatedAt,
    verify_jwt: metadata.verify_jwt ?? true,
  };
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
