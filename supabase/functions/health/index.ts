import { createDataApi } from '../_shared/data-api.ts';
import { callForRow } from '../_shared/rpc.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import { createHandler, type Deps } from './handler.ts';

const DATABASE_TIMEOUT_MS = 5000;

function openReport(): Deps['readReport'] {
  const project = readSupabaseProject((name) => Deno.env.get(name));
  if (!project.ok) return project;
  const client = createDataApi(project.value);
  return { ok: true, value: () => callForRow(client, 'health_report', {}, DATABASE_TIMEOUT_MS) };
}

const handle = createHandler({
  readReport: openReport(),
  now: Date.now,
  log: (line) => console.log(line),
});

export default { fetch: (request: Request): Promise<Response> => handle(request) };
