import { createDataApi } from '../_shared/data-api.ts';
import { createRateLimiter } from '../_shared/rate-limiter.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import { PASS_ON } from './appointment-actions.ts';
import { type Deps, handle } from './handler.ts';
import { createStore } from './store.ts';

const project = readSupabaseProject((name) => Deno.env.get(name));

const deps: Deps = {
  service: project.ok
    ? {
      ok: true,
      value: { store: createStore(createDataApi(project.value)), actions: PASS_ON },
    }
    : project,
  limiter: createRateLimiter(),
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
