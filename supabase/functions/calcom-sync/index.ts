import { serveScheduled } from '../_shared/serve-scheduled.ts';
import { readConfiguration } from './configuration.ts';
import { handle } from './handler.ts';
import { reparse } from './reparse.ts';
import { createStore } from './store.ts';

const env = (name: string) => Deno.env.get(name);

export default serveScheduled({
  name: 'calcom-sync',
  env,
  configuration: readConfiguration(env),
  connect: (settings, client) => ({
    ...settings,
    fetch,
    elapsedMs: () => performance.now(),
    store: createStore(client),
    reparse: () => reparse(client),
  }),
  handle,
});
