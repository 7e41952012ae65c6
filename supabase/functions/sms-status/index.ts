import { createDataApi } from '../_shared/data-api.ts';
import { readConfiguration } from './configuration.ts';
import { type Deps, handle } from './handler.ts';
import { createStore } from './store.ts';

const { project, smsapi, twilio } = readConfiguration((name) => Deno.env.get(name));

const deps: Deps = {
  smsapi,
  twilio,
  store: project.ok ? { ok: true, value: createStore(createDataApi(project.value)) } : project,
  now: Date.now,
  log: (line) => console.log(line),
};

export default { fetch: (request: Request): Promise<Response> => handle(request, deps) };
