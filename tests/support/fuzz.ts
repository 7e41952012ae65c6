import { Agent, request } from 'node:http';
import { FIXTURE_SECRET, readDeliveries } from '../fixtures/calcom/deliveries.ts';
import { signBody } from '../../shared/calcom/signature.ts';
import { mutate } from './mutations.ts';
import { createRandom } from './random.ts';

/** How often each status was returned, and the seeds of statuses that no body may cause. */
export type FuzzResult = { statuses: Record<number, number>; broken: string[] };

const CONCURRENCY = 8;
const FORBIDDEN = (status: number): boolean => status >= 500 || ![200, 400, 413].includes(status);

/** Sends mutated fixtures with a valid signature; delivery n of a seed is always the same. */
export async function fuzz(url: string, count: number, seed: number): Promise<FuzzResult> {
  const bodies = readDeliveries().map(({ text }) => text);
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const result: FuzzResult = { statuses: {}, broken: [] };
  let next = 0;

  async function sendInTurn(): Promise<void> {
    while (next < count) {
      const number = next++;
      const body = mutate(bodies, createRandom(seed * 1_000_003 + number));
      const signature = await signBody(body, FIXTURE_SECRET);
      const status = await post(url, { 'x-cal-signature-256': signature }, body, agent);
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      if (FORBIDDEN(status)) result.broken.push(`seed ${seed}, number ${number}: ${status}`);
    }
  }

  await Promise.all(Array.from({ length: CONCURRENCY }, sendInTurn));
  agent.destroy();
  return result;
}

/** Posts a body and returns the status; 0 if there was no response. */
export function post(
  url: string,
  headers: Record<string, string>,
  body: Uint8Array,
  agent: Agent,
): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('error', () => resolve(0));
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}
