import { createDataApi } from '../_shared/data-api.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import { type Deps, handle } from './handler.ts';
import { createFeedReader } from './store.ts';

const project = readSupabaseProject((name) => Deno.env.get(name));

const deps: Deps = {
  readFeed: project.ok
    ? { ok: true, value: createFeedReader(createDataApi(project.value)) }
    : project,
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
