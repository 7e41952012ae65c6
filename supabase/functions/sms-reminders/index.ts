import { withSupabase } from '@supabase/server';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../shared/database.types.ts';
import { missingPlatformVariable, namedKey } from '../_shared/supabase-project.ts';
import { readConfiguration, type Settings } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import { createOutbox } from './outbox.ts';
import { createProvider } from './provider-settings.ts';

/** The platform's own object, which exists only there. */
type Platform = { EdgeRuntime?: { waitUntil(work: Promise<void>): void } };

const GO_ON_TIMEOUT_MS = 10_000;

const env = (name: string) => Deno.env.get(name);
const print = (line: string) => console.log(line);

const platform = globalThis as Platform;

/** Calls this function as the scheduler does. If that fails, the scheduler's next call goes on. */
async function goOn(at: string | null): Promise<void> {
  const url = new URL('/functions/v1/sms-reminders', env('SUPABASE_URL'));
  const apikey = namedKey(env('SUPABASE_SECRET_KEYS'), 'cron') ?? '';
  const signal = AbortSignal.timeout(GO_ON_TIMEOUT_MS);
  const init = {
    method: 'POST',
    headers: { apikey },
    body: JSON.stringify({ at, goOn: true }),
    signal,
  };
  await fetch(url, init).then((answer) => answer.body?.cancel()).catch(() => {});
}

const outside: Omit<Deps, 'service'> = {
  now: Date.now,
  log: print,
  waitUntil: (work) => platform.EdgeRuntime?.waitUntil(work),
  goOn,
};

const configuration = readConfiguration(env);
const openService = configuration.ok ? serviceFor(configuration.settings) : () => configuration;

function serviceFor(settings: Settings) {
  const timeoutMs = settings.requestTimeoutMs;
  const provider = createProvider(settings.provider, { timeoutMs, fetch, print });
  const unchanging = {
    ...settings,
    provider,
    elapsedMs: () => performance.now(),
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return (client: SupabaseClient<Database>): Deps['service'] => ({
    ok: true,
    service: {
      ...unchanging,
      openOutbox: (clock) => createOutbox(client, provider, clock, settings),
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
