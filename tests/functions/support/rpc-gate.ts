import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { startLoopbackServer } from '../../support/loopback-server.ts';

/** A call of a database function that is being held up. */
export type Held = {
  /** Resolves when the call, or its answer, has come to the gate. */
  reached: Promise<void>;
  /** Lets it pass. What a process called that is gone meanwhile never arrives. */
  release(): void;
};

/** Stands between a function and the Data API, to hold up or refuse single calls. */
export interface RpcGate {
  /** SUPABASE_URL */
  url: string;
  /** Holds up the next call of a database function before it, or the answer after it. */
  hold(rpc: string, moment: 'call' | 'answer'): Held;
  /** Answers all calls of a database function as if the database were away. */
  refuse(rpc: string): void;
  /** Ends that. */
  admit(rpc: string): void;
  stop(): Promise<void>;
}

type Hold = { arrive: () => void; released: Promise<void> };

const OF_THE_CONNECTION = ['host', 'connection', 'content-length', 'transfer-encoding'];

/** Opens a gate to the Data API at this address. */
export async function startRpcGate(apiUrl: string): Promise<RpcGate> {
  const holds = new Map<string, Hold>();
  const refused = new Set<string>();

  async function pass(key: string): Promise<void> {
    const hold = holds.get(key);
    holds.delete(key);
    hold?.arrive();
    await hold?.released;
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const rpc = path.split('/').at(-1) ?? '';
    const body = await buffer(request);
    if (refused.has(rpc)) {
      response.writeHead(503).end('{}');
      return;
    }
    await pass(`${rpc} call`);
    if (response.destroyed) return;
    const method = request.method ?? 'GET';
    const init = { method, headers: headersOf(request), ...(method === 'GET' ? {} : { body }) };
    const answer = await fetch(apiUrl + path, init);
    const text = await answer.text();
    await pass(`${rpc} answer`);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  }

  const server = await startLoopbackServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  return {
    ...server,
    hold(rpc, moment) {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      holds.set(`${rpc} ${moment}`, { arrive: reached.resolve, released: released.promise });
      return { reached: reached.promise, release: released.resolve };
    },
    refuse: (rpc) => refused.add(rpc),
    admit: (rpc) => refused.delete(rpc),
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const kept = Object.entries(request.headers)
    .filter(([name]) => !OF_THE_CONNECTION.includes(name))
    .map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(kept);
}
