import { createAuthorize } from './authorize.ts';
import { createDataApi, type DataApi } from './data-api.ts';
import { refuse } from './refusal.ts';
import { callFunction } from './rpc.ts';
import type { ScheduledDeps } from './scheduled-function.ts';
import { readSecretKeys, readSupabaseProject, type SupabaseProject } from './supabase-project.ts';
import type { Configured, Environment } from './variables.ts';
import { createWorkerSecret } from './worker-secret.ts';

/** The global object of the hosted platform. */
type Platform = { EdgeRuntime?: { waitUntil(work: Promise<void>): void } };

/** A scheduled function and its configuration. */
export type Setup<Settings, Service> = {
  name: string;
  env: Environment;
  configuration: Configured<Settings>;
  /** Creates what runs need. */
  connect(settings: Settings, client: DataApi): Service;
  handle(request: Request, deps: ScheduledDeps<Service>): Promise<Response>;
};

const START_TIMEOUT_MS = 10_000;

/** Half of the time for which a scheduled job waits for the answer. */
const HASH_TIMEOUT_MS = 2_500;

const platform = globalThis as Platform;

/** Serves a function to scheduled jobs and to holders of a secret API key. */
export function serveScheduled<Settings, Service>(setup: Setup<Settings, Service>) {
  const project = readSupabaseProject(setup.env);
  const deps: ScheduledDeps<Service> = {
    ...(project.ok ? projectDeps(setup, project.value) : withoutProject(project.variable)),
    now: Date.now,
    log: (line) => console.log(line),
    waitUntil: (work) => platform.EdgeRuntime?.waitUntil(work),
  };
  return { fetch: (request: Request) => setup.handle(request, deps) };
}

type ProjectDeps<Service> = Pick<
  ScheduledDeps<Service>,
  'authorize' | 'service' | 'startNext'
>;

function projectDeps<Settings, Service>(
  { name, env, configuration, connect }: Setup<Settings, Service>,
  project: SupabaseProject,
): ProjectDeps<Service> {
  const client = createDataApi(project);
  const readHash = () => callFunction(client, 'worker_secret_hash', {}, HASH_TIMEOUT_MS);
  return {
    authorize: createAuthorize(readSecretKeys(env), createWorkerSecret(readHash, Date.now)),
    service: configuration.ok
      ? { ok: true, value: connect(configuration.value, client) }
      : configuration,
    startNext: (command) => startNext(name, command, project),
  };
}

/** Nobody can be authorized, since all keys and the database are unknown. */
function withoutProject<Service>(variable: string): ProjectDeps<Service> {
  return {
    authorize: () => Promise.resolve(refuse('server_misconfigured', { cause: variable })),
    service: { ok: false, variable },
    startNext: () => Promise.resolve(),
  };
}

/** Calls the function again. If that fails, the next call of the scheduled job continues. */
async function startNext(
  name: string,
  command: object,
  { supabaseUrl, supabaseKey }: SupabaseProject,
): Promise<void> {
  const url = new URL(`/functions/v1/${name}`, supabaseUrl);
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  const headers = { apikey: supabaseKey };
  const init = { method: 'POST', headers, body: JSON.stringify(command), signal };
  await fetch(url, init).then((answer) => answer.body?.cancel()).catch(() => {});
}
