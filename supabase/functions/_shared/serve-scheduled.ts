import { withSupabase } from '@supabase/server';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../shared/database.types.ts';
import type { ScheduledDeps } from './scheduled-function.ts';
import { missingPlatformVariable, namedKey } from './supabase-project.ts';
import type { Configured, Environment } from './variables.ts';

/** The global object of the hosted platform. */
type Platform = { EdgeRuntime?: { waitUntil(work: Promise<void>): void } };

/** A scheduled function and its configuration. */
export type Setup<Settings, Service> = {
  name: string;
  env: Environment;
  configuration: Configured<Settings>;
  /** Creates what runs need: first once for all requests, then for each request with its client. */
  connect(settings: Settings): (client: SupabaseClient<Database>) => Service;
  handle(request: Request, deps: ScheduledDeps<Service>): Promise<Response>;
};

const START_TIMEOUT_MS = 10_000;

const platform = globalThis as Platform;

/** Serves a function to callers with the key `cron` only. */
export function serveScheduled<Settings, Service>(setup: Setup<Settings, Service>) {
  const { name, env, handle } = setup;
  const platformDeps: Omit<ScheduledDeps<Service>, 'service'> = {
    now: Date.now,
    log: (line) => console.log(line),
    waitUntil: (work) => platform.EdgeRuntime?.waitUntil(work),
    startNext: (command) => startNext(name, command, env),
  };
  const variable = missingPlatformVariable(env);
  if (variable !== null) {
    // Otherwise callers would get the error that their key is wrong, although ours is missing.
    const service = { ok: false, variable } as const;
    return { fetch: (request: Request) => handle(request, { ...platformDeps, service }) };
  }
  const openService = serviceOpener(setup);
  return {
    fetch: withSupabase<Database>(
      { auth: 'secret:cron', cors: 'disabled', errors: { detailed: false } },
      (request, { supabaseAdmin }) =>
        handle(request, { ...platformDeps, service: openService(supabaseAdmin) }),
    ),
  };
}

function serviceOpener<Settings, Service>(
  { configuration, connect }: Setup<Settings, Service>,
): (client: SupabaseClient<Database>) => Configured<Service> {
  if (!configuration.ok) return () => configuration;
  const connectClient = connect(configuration.value);
  return (client) => ({ ok: true, value: connectClient(client) });
}

/** Calls the function as the scheduler does. If that fails, the scheduler's next call continues. */
async function startNext(name: string, command: object, env: Environment): Promise<void> {
  const url = new URL(`/functions/v1/${name}`, env('SUPABASE_URL'));
  const apikey = namedKey(env('SUPABASE_SECRET_KEYS'), 'cron') ?? '';
  const signal = AbortSignal.timeout(START_TIMEOUT_MS);
  const init = { method: 'POST', headers: { apikey }, body: JSON.stringify(command), signal };
  await fetch(url, init).then((answer) => answer.body?.cancel()).catch(() => {});
}
