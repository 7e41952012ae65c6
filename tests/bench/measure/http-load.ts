import { Agent, request } from 'node:http';
import { applyLoad, CONCURRENCY, type Load } from './load.ts';

/** A POST request, ready to be sent. */
export type LoadRequest = { url: string; headers: Record<string, string>; body: string };

/** Sends the requests over a few connections that stay open. Rejects unless all answer 200. */
export async function applyHttpLoad(requests: readonly LoadRequest[]): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const send = (next: LoadRequest): Promise<void> => post(next, agent);
  try {
    return await applyLoad(requests, Array.from({ length: CONCURRENCY }, () => send));
  } finally {
    agent.destroy();
  }
}

/** Uses node:http, since fetch() would need more CPU time than some of the servers. */
function post({ url, headers, body }: LoadRequest, agent: Agent): Promise<void> {
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
