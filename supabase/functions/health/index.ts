import { createDataApi, restUrl } from '../_shared/data-api.ts';
import { stored } from '../_shared/stored.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import { createHandler, type Deps } from './handler.ts';

const DATABASE_TIMEOUT_MS = 5000;

function openReport(): Deps['report'] {
  const project = readSupabaseProject((name) => Deno.env.get(name));
  if (!project.ok) return project;
  const client = createDataApi(restUrl(project.supabaseUrl), project.supabaseKey);
  return {
    ok: true,
    read: () =>
      stored(
        client.rpc('health_report').abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)).single(),
      ),
  };
}

const handle = createHandler({
  report: openReport(),
  now: Date.now,
  log: (line) => console.log(line),
});

export default { fetch: (request: Request): Promise<Response> => handle(request) };
