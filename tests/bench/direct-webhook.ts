/**
 * `calcom-webhook` with its own handler and parts, except that it is wired to PostgREST itself
 * (REST_URL) and not to the gateway that hosted Supabase has in front of it. Run by Deno.
 */
import process from 'node:process';
import { type Deps, handle } from '../../supabase/functions/calcom-webhook/handler.ts';
import { createLookUp } from '../../supabase/functions/calcom-webhook/look-up-secrets.ts';
import { createRefusalLimiter } from '../../supabase/functions/calcom-webhook/refusal-limiter.ts';
import { createSalonSecrets } from '../../supabase/functions/calcom-webhook/salon-secrets.ts';
import { createUpsert } from '../../supabase/functions/calcom-webhook/upsert.ts';

const {
  CALCOM_WEBHOOK_SECRET = '',
  REST_URL = '',
  SUPABASE_SERVICE_ROLE_KEY = '',
} = process.env;

const deps: Deps = {
  store: {
    ok: true,
    secrets: {
      shared: [CALCOM_WEBHOOK_SECRET],
      ofSalons: createSalonSecrets(createLookUp(REST_URL, SUPABASE_SERVICE_ROLE_KEY), Date.now),
    },
    upsert: createUpsert(REST_URL, SUPABASE_SERVICE_ROLE_KEY),
    // What is measured is how fast deliveries are applied.
    rateLimit: 100_000,
  },
  refusals: createRefusalLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
  maxBodyBytes: 256 * 1024,
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
