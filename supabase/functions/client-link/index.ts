import { createDataApi } from '../_shared/data-api.ts';
import { createRateLimiter } from '../_shared/rate-limiter.ts';
import type { Configured } from '../_shared/variables.ts';
import { createAppointmentActions } from './appointment-actions.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle, type Service } from './handler.ts';
import { createStore } from './store.ts';

const configuration = readConfiguration((name) => Deno.env.get(name));

function openService(): Configured<Service> {
  if (!configuration.ok) return configuration;
  const { project, calcom, appUrl } = configuration.value;
  const client = createDataApi(project);
  const actions = createAppointmentActions(client, { ...calcom, fetch }, appUrl);
  return { ok: true, value: { store: createStore(client), actions } };
}

const deps: Deps = {
  service: openService(),
  limiter: createRateLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
