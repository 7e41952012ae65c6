import { z } from 'zod';
import {
  callManagement,
  type Connection,
  ManagementProblem,
  type ManagementRequest,
} from './management-request.ts';

const PROJECT = z.object({ name: z.string(), status: z.string(), region: z.string() });
const API_KEYS = z.array(z.object({
  name: z.string(),
  type: z.string().nullish().transform((type) => type ?? null),
  api_key: z.string().nullish().transform((key) => key ?? null),
}));
const SECRETS = z.array(z.object({ name: z.string(), value: z.string() }));
const AUTH_CONFIG = z.record(z.string(), z.unknown());
const FUNCTIONS = z.array(z.object({
  slug: z.string(),
  status: z.string(),
  version: z.number(),
  verify_jwt: z.boolean().optional(),
  updated_at: z.number(),
}));
const ROWS = z.array(z.record(z.string(), z.unknown()));

/**
 * The Management API of one project, one function for each endpoint that is used. Each throws a
 * ManagementProblem that says what to do.
 *
 * https://api.supabase.com/api/v1
 */
export type ManagementApi = {
  ref: string;
  project(): Promise<z.infer<typeof PROJECT>>;
  /** Whether the ref is that of a preview branch, which is no project of its own. */
  isPreviewBranch(): Promise<boolean>;
  /** All API keys, secret ones revealed; `api_key` is null when the token may not see it. */
  apiKeys(): Promise<z.infer<typeof API_KEYS>>;
  /** The function secrets: each name, with a digest in place of the value. */
  secrets(): Promise<z.infer<typeof SECRETS>>;
  setSecrets(values: Readonly<Record<string, string>>): Promise<void>;
  deleteSecrets(names: readonly string[]): Promise<void>;
  authConfig(): Promise<Record<string, unknown>>;
  updateAuthConfig(patch: Readonly<Record<string, unknown>>): Promise<void>;
  functions(): Promise<z.infer<typeof FUNCTIONS>>;
  deleteFunction(slug: string): Promise<void>;
  /** Runs SQL as postgres and returns the rows of its last statement. */
  query(sql: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
};

/** Opens the Management API of a project. */
export function createManagementApi(ref: string, connection: Connection): ManagementApi {
  const call = (method: ManagementRequest['method'], path: string, body?: unknown) =>
    callManagement(connection, {
      method,
      path: `/projects/${ref}${path}`,
      ...(body === undefined ? {} : { body }),
    });
  const done = async (answer: Promise<unknown>): Promise<void> => {
    await answer;
  };
  return {
    ref,
    project: async () => PROJECT.parse(await call('GET', '')),
    isPreviewBranch: async () =>
      await isMissing(call('GET', '')) &&
      !await isMissing(callManagement(connection, { method: 'GET', path: `/branches/${ref}` })),
    apiKeys: async () => API_KEYS.parse(await call('GET', '/api-keys?reveal=true')),
    secrets: async () => SECRETS.parse(await call('GET', '/secrets')),
    setSecrets: (values) =>
      done(
        call('POST', '/secrets', Object.entries(values).map(([name, value]) => ({ name, value }))),
      ),
    deleteSecrets: (names) => done(call('DELETE', '/secrets', names)),
    authConfig: async () => AUTH_CONFIG.parse(await call('GET', '/config/auth')),
    updateAuthConfig: (patch) => done(call('PATCH', '/config/auth', patch)),
    functions: async () => FUNCTIONS.parse(await call('GET', '/functions')),
    deleteFunction: (slug) => done(call('DELETE', `/functions/${encodeURIComponent(slug)}`)),
    query: async (query, parameters) =>
      ROWS.parse(
        await call('POST', '/database/query', {
          query,
          ...(parameters.length === 0 ? {} : { parameters }),
        }),
      ),
  };
}

async function isMissing(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return false;
  } catch (failure) {
    if (failure instanceof ManagementProblem && failure.status === 404) return true;
    throw failure;
  }
}
