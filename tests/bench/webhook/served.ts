import type { StackKeys } from '../../../local/stack/keys.ts';
import type { Booker } from '../database/bookers.ts';
import type { BenchServer } from '../database/server.ts';
import { created, newBooking } from '../deliveries/bodies.ts';
import { signedRequest } from '../deliveries/requests.ts';
import { applyHttpLoad } from '../measure/http-load.ts';
import type { Load } from '../measure/load.ts';
import type { Contender } from '../measure/rounds.ts';
import { readCpuMs } from './cpu-usage.ts';
import { startDenoServer } from './deno-server.ts';

/** The performance of a webhook, and the CPU time of its own process for each delivery. */
export type ServedLoad = Load & { cpuMs: number };

/** A Data API with the keys of its project, and clients who can book there. */
export type Project = { restUrl: string; keys: StackKeys; bookers: readonly Booker[] };

/** Serves a webhook that stores deliveries in a project, to be measured with new bookings. */
export async function startWebhook(
  server: BenchServer,
  { restUrl, keys, bookers }: Project,
  { name, module, deliveriesPerRound }: {
    name: string;
    module: string;
    deliveriesPerRound: number;
  },
): Promise<Contender<ServedLoad>> {
  const { url } = await startDenoServer(`tests/bench/webhook/${module}`, {
    CALCOM_WEBHOOK_SECRET: keys.webhookSecret,
    REST_URL: restUrl,
    SUPABASE_SERVICE_ROLE_KEY: keys.serviceRoleKey,
  }, server);
  return {
    name,
    deliveriesPerRound,
    prepare: async (count) => {
      const bodies = Array.from({ length: count }, () => created(newBooking(bookers)));
      const requests = await Promise.all(bodies.map((body) => signedRequest(url, body, keys)));
      return async () => {
        const usedMs = await readCpuMs(url);
        const load = await applyHttpLoad(requests);
        return { ...load, cpuMs: (await readCpuMs(url) - usedMs) / count };
      };
    },
  };
}
