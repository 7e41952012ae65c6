/**
 * `calcom-webhook` with its own handler and parts, but connected to PostgREST itself (REST_URL)
 * instead of the gateway in front of it. Run by Deno.
 */
import process from 'node:process';
import { connectFunctionCalls } from '../../../supabase/functions/calcom-webhook/function-calls.ts';
import { type Deps, handle } from '../../../supabase/functions/calcom-webhook/handler.ts';
import { createRateLimiter } from '../../../supabase/functions/_shared/rate-limiter.ts';
import { createSalonSecrets } from '../../../supabase/functions/calcom-webhook/salon-secrets.ts';
import {
  createSalonList,
  createSecretLookUp,
  createUpsert,
} from '../../../supabase/functions/calcom-webhook/store.ts';
import { withCpuUsage } from './cpu-usage.ts';

const {
  CALCOM_WEBHOOK_SECRET = '',
  REST_URL = '',
  SUPABASE_SERVICE_ROLE_KEY: key = '',
} = process.env;

const client = connectFunctionCalls(REST_URL, key);

const deps: Deps = {
  service: {
    ok: true,
    value: {
      secrets: {
        shared: [CALCOM_WEBHOOK_SECRET],
        ofSalons: createSalonSecrets({
          lookUp: createSecretLookUp(client),
          listSalons: createSalonList(client),
        }, Date.now),
      },
      upsert: createUpsert(client),
      // The benchmark measures how fast deliveries are applied.
      rateLimit: 100_000,
    },
  },
  refusals: createRateLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: withCpuUsage((request) => handle(request, deps)) };
