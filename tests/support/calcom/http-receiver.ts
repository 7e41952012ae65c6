import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { send } from '../../../cli/simulator/send.ts';
import type { SyncAnswer } from '../../../supabase/functions/calcom-sync/answer.ts';
import {
  addCounts,
  type Counts,
  noCounts,
} from '../../../supabase/functions/calcom-sync/counts.ts';
import { startApi } from '../api.ts';
import type { TestDatabase } from '../database.ts';
import { startFunction } from '../functions.ts';
import type { Pair, Transport } from './convergence.ts';

const SECRET = 'a-secret-of-cal-com';

/** Both functions in Deno processes of their own, as Cal.com and the scheduler reach them. */
export type HttpReceiver = Transport & {
  /** What they printed. */
  output(): string;
  stop(): Promise<void>;
};

/** Starts the functions on the database of a pair. */
export async function startHttpReceiver(
  database: TestDatabase,
  { calcom, salonId }: Pair,
): Promise<HttpReceiver> {
  const api = await startApi(database);
  const webhook = await startFunction('calcom-webhook', api, {
    CALCOM_WEBHOOK_SECRET: SECRET,
    // Three months pass in a minute.
    CALCOM_WEBHOOK_RATE_LIMIT: '100000',
  });
  const sync = await startFunction('calcom-sync', api, { CALCOM_API_URL: calcom.url });
  const target = { webhookUrl: webhook.url, secret: SECRET };

  async function callSync(from: string | null): Promise<Extract<SyncAnswer, { done: boolean }>> {
    const response = await fetch(sync.url, {
      method: 'POST',
      headers: { apikey: api.secretKey },
      body: JSON.stringify({ salonId, from, wait: true }),
    });
    const text = await response.text();
    const answer: SyncAnswer = JSON.parse(text);
    if ('done' in answer && answer.error === null) return answer;
    throw new Error(`calcom-sync answered ${response.status} ${text}`);
  }

  return {
    deliver: async (delivery: Delivery) => {
      const { status, text } = await send(delivery, target);
      if (status !== 200) throw new Error(`calcom-webhook answered ${status} ${text}`);
    },
    // A scan that reaches the limit of a run resumes when it is requested again.
    sync: async (from) => {
      const counts: Counts = noCounts();
      let answer;
      do {
        answer = await callSync(from);
        addCounts(counts, answer.counts);
      } while (!answer.done);
      return counts;
    },
    output: () => [webhook, sync].map((one) => one.stdout() + one.stderr()).join(''),
    stop: async () => {
      await webhook.stop();
      await sync.stop();
      await api.stop();
    },
  };
}
