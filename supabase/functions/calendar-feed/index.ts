import { restUrl } from '../_shared/data-api.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import { type Deps, handle } from './handler.ts';
import { createFeedReader } from './store.ts';

const project = readSupabaseProject((name) => Deno.env.get(name));

const deps: Deps = {
  feeds: project.ok
    ? { ok: true, read: createFeedReader(restUrl(project.supabaseUrl), project.supabaseKey) }
    : project,
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
