import { createDataApi } from '../_shared/data-api.ts';
import { readSupabaseProject } from '../_shared/supabase-project.ts';
import type { Configured } from '../_shared/variables.ts';
import { createCaller } from './caller.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import type { Service } from './service.ts';

const env = (name: string) => Deno.env.get(name);

const deps: Deps = {
  service: connect(),
  now: Date.now,
  log: (line) => console.log(line),
};

function connect(): Configured<Service> {
  const project = readSupabaseProject(env);
  if (!project.ok) return project;
  const configuration = readConfiguration(env);
  if (!configuration.ok) return configuration;
  const { appUrl, ...calcom } = configuration.value;
  return {
    ok: true,
    value: {
      callerOf: (headers) => createCaller(project.value.supabaseUrl, headers),
      database: createDataApi(project.value),
      calcom: { ...calcom, fetch },
      appUrl,
    },
  };
}

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
