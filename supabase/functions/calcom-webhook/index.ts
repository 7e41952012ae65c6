import { restUrl } from '../_shared/data-api.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import { createRefusalLimiter } from './refusal-limiter.ts';
import { createUpsert } from './upsert.ts';

const MAX_BODY_BYTES = 256 * 1024;

const configuration = readConfiguration((name) => Deno.env.get(name));

const deps: Deps = {
  store: configuration.ok
    ? {
      ok: true,
      secrets: configuration.secrets,
      upsert: createUpsert(restUrl(configuration.supabaseUrl), configuration.supabaseKey),
    }
    : configuration,
  refusals: createRefusalLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
  maxBodyBytes: MAX_BODY_BYTES,
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
