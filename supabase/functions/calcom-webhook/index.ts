import type { Configured } from '../_shared/variables.ts';
import { readConfiguration } from './configuration.ts';
import { createFunctionCalls } from './function-calls.ts';
import { type Deps, handle, type Service } from './handler.ts';
import { createRateLimiter } from '../_shared/rate-limiter.ts';
import { createSalonSecrets } from './salon-secrets.ts';
import { createSalonList, createSecretLookUp, createUpsert } from './store.ts';

const configuration = readConfiguration((name) => Deno.env.get(name));

function openService(): Configured<Service> {
  if (!configuration.ok) return configuration;
  const { secrets: shared, rateLimit, project } = configuration.value;
  const client = createFunctionCalls(project);
  const source = { lookUp: createSecretLookUp(client), listSalons: createSalonList(client) };
  const ofSalons = createSalonSecrets(source, Date.now);
  const upsert = createUpsert(client);
  return { ok: true, value: { secrets: { shared, ofSalons }, upsert, rateLimit } };
}

const deps: Deps = {
  service: openService(),
  refusals: createRateLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
