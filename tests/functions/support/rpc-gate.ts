import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startLoopbackServer } from '../../support/loopback-server.ts';

/** A held call of a database function. */
export type Held = {
  /** Resolves when the call, or its answer, has reached the gate. */
  reached: Promise<void>;
  /** Lets the call pass, unless the calling process has died meanwhile. */
  release(): void;
};

/** A proxy between a function and the Data API that can hold or refuse single calls. */
export interface RpcGate {
  /** SUPABASE_URL */
  url: string;
  /** Holds the next call of a database function, or its answer. */
  hold(rpc: string, moment: 'call' | 'answer'): Held;
  /** Refuses all calls of a database function, as if the database were unreachable. */
  refuse(rpc: string): void;
  /** Stops refusing them. */
  admit(rpc: string): void;
  /** Whether to pass calls on kept connections to the database and then drop the connection. */
  dropKeptConnections(drops: boolean): void;
  stop(): Promise<void>;
}

type Hold = { arrive: () => void; released: Promise<void> };

const CONNECTION_HEADERS = ['host', 'connection', 'content-length', 'transfer-encoding'];

/** Opens a gate to the Data API at this address. */
export async function startRpcGate(apiUrl: string): Promise<RpcGate> {
  const holds = new Map<string, Hold>();
  const refused = new Set<string>();
  const kept = new WeakSet<Socket>();
  let dropsKept = false;

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
    if (dropsKept && kept.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    kept.add(request.socket);
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
    dropKeptConnections: (drops) => {
      dropsKept = drops;
    },
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const kept = Object.entries(request.headers)
    .filter(([name]) => !CONNECTION_HEADERS.includes(name))
    .map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(kept);
}
