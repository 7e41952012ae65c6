import { withSupabase } from '@supabase/server';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../shared/database.types.ts';
import { missingPlatformVariable, namedKey } from '../_shared/supabase-project.ts';
import { readConfiguration, type Settings } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import { reparse } from './reparse.ts';
import { createStore } from './store.ts';

/** The platform's own object, which exists only there. */
type Platform = { EdgeRuntime?: { waitUntil(work: Promise<void>): void } };

const GO_ON_TIMEOUT_MS = 10_000;

const env = (name: string) => Deno.env.get(name);

const platform = globalThis as Platform;

/** Calls this function as the scheduler does. If that fails, the scheduler's next call goes on. */
async function goOn(): Promise<void> {
  const url = new URL('/functions/v1/calcom-sync', env('SUPABASE_URL'));
  const apikey = namedKey(env('SUPABASE_SECRET_KEYS'), 'cron') ?? '';
  const signal = AbortSignal.timeout(GO_ON_TIMEOUT_MS);
  const init = { method: 'POST', headers: { apikey }, body: '{}', signal };
  await fetch(url, init).then((answer) => answer.body?.cancel()).catch(() => {});
}

const outside: Omit<Deps, 'service'> = {
  now: Date.now,
  log: (line) => console.log(line),
  waitUntil: (work) => platform.EdgeRuntime?.waitUntil(work),
  goOn,
};

const configuration = readConfiguration(env);
const openService = configuration.ok ? serviceFor(configuration.settings) : () => configuration;

function serviceFor(settings: Settings) {
  return (client: SupabaseClient<Database>): Deps['service'] => ({
    ok: true,
    service: {
      ...settings,
      fetch,
      elapsedMs: () => performance.now(),
      store: createStore(client),
      reparse: () => reparse(client),
    },
  });
}

// Without the key `cron` nobody could be let in, and the answer would be that theirs is wrong.
const missing = missingPlatformVariable(env);

export default {
  fetch: missing === null
    ? withSupabase<Database>(
      { auth: 'secret:cron', cors: 'disabled', errors: { detailed: false } },
      (request, { supabaseAdmin }) =>
        handle(request, { ...outside, service: openService(supabaseAdmin) }),
    )
    : (request: Request) =>
      handle(request, { ...outside, service: { ok: false, variable: missing } }),
};
