import { serveScheduled } from '../_shared/serve-scheduled.ts';
import { readConfiguration } from './configuration.ts';
import { handle } from './handler.ts';
import { createOutbox } from './outbox.ts';
import { createProvider } from './providers/settings.ts';

const env = (name: string) => Deno.env.get(name);

export default serveScheduled({
  name: 'sms-reminders',
  env,
  configuration: readConfiguration(env),
  connect: (settings, client) => {
    const provider = createProvider(settings.provider, {
      timeoutMs: settings.requestTimeoutMs,
      fetch,
      print: (line) => console.log(line),
    });
    return {
      ...settings,
      provider,
      elapsedMs: () => performance.now(),
      wait: (ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
      openOutbox: (clock) => createOutbox(client, provider, clock, settings),
    };
  },
  handle,
});
