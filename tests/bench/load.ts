import { Agent, request } from 'node:http';

/** How many deliveries are sent at a time. */
export const CONCURRENCY = 8;

/** A POST request, ready to be sent. */
export type LoadRequest = { url: string; headers: Record<string, string>; body: string };

/** The performance of a server for a number of requests. */
export type Load = { perSecond: number; p50Ms: number; p99Ms: number };

/** Sends the requests over a few connections that stay open. Rejects unless all answer 200. */
export async function applyLoad(requests: readonly LoadRequest[]): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  // Shared by the senders: each takes the next request when its last one is answered.
  const queue = requests.values();
  const durationsMs: number[] = [];

  async function sendInTurn(): Promise<void> {
    for (const next of queue) {
      const sentAtMs = performance.now();
      await send(next, agent);
      durationsMs.push(performance.now() - sentAtMs);
    }
  }

  const startedAtMs = performance.now();
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, sendInTurn));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - startedAtMs) / 1000;
  return {
    perSecond: requests.length / seconds,
    p50Ms: percentile(durationsMs, 0.5),
    p99Ms: percentile(durationsMs, 0.99),
  };
}

/** Uses node:http, since fetch() would need more CPU time than some of the servers. */
function send({ url, headers, body }: LoadRequest, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}
