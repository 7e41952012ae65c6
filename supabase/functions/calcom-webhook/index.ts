import { restUrl } from '../_shared/data-api.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import { createLookUp } from './look-up-secrets.ts';
import { createRefusalLimiter } from './refusal-limiter.ts';
import { createSalonSecrets } from './salon-secrets.ts';
import { createUpsert } from './upsert.ts';

const MAX_BODY_BYTES = 256 * 1024;

const configuration = readConfiguration((name) => Deno.env.get(name));

function openStore(): Deps['store'] {
  if (!configuration.ok) return configuration;
  const { secrets: shared, rateLimit, supabaseUrl, supabaseKey } = configuration;
  const url = restUrl(supabaseUrl);
  const ofSalons = createSalonSecrets(createLookUp(url, supabaseKey), Date.now);
  const upsert = createUpsert(url, supabaseKey);
  return { ok: true, secrets: { shared, ofSalons }, upsert, rateLimit };
}

const deps: Deps = {
  store: openStore(),
  refusals: createRefusalLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
  maxBodyBytes: MAX_BODY_BYTES,
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
