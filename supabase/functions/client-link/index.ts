import { createDataApi } from '../_shared/data-api.ts';
import { createRateLimiter } from '../_shared/rate-limiter.ts';
import type { Configured } from '../_shared/variables.ts';
import { createAppointmentActions } from './appointment-actions.ts';
import { createCalcomStore } from './calcom-store.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle, type Service } from './handler.ts';
import { createStore } from './store.ts';

/** Shorter than for jobs, since a person waits for the answer. */
const CALCOM_TIMEOUT_MS = 8000;

/** Cal.com may read from a replica that is a moment behind. */
const LOOK_AFTER_MS = [0, 1000, 2000];

const configuration = readConfiguration((name) => Deno.env.get(name));

function openService(): Configured<Service> {
  if (!configuration.ok) return configuration;
  const { project, apiUrl, appUrl } = configuration.value;
  const client = createDataApi(project);
  const calcom = { apiUrl, requestTimeoutMs: CALCOM_TIMEOUT_MS, lookAfterMs: LOOK_AFTER_MS, fetch };
  const actions = createAppointmentActions(createCalcomStore(client), calcom, appUrl);
  return { ok: true, value: { store: createStore(client), actions } };
}

const deps: Deps = {
  service: openService(),
  limiter: createRateLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
