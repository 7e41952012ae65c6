import { expect } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startFunction, type TestFunction } from '../../support/functions.ts';
import { type RpcGate, startRpcGate } from './rpc-gate.ts';

/** Variables of a function; undefined removes one. */
export type Env = Record<string, string | undefined>;

/** An answer of a function, with its body as text and as parsed JSON. */
export type Reply<Body> = { status: number; headers: Headers; body: Body; text: string };

/** A function in its own process, on a database of its own. */
export type FunctionStack = {
  api: TestApi;
  database: TestDatabase;
  /** Between the function and the database. */
  gate: RpcGate;
  readonly running: TestFunction;
  /** Sends any request to a path of the function. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends any request to the function, which answers with JSON. */
  request<Body>(init: RequestInit, query?: string): Promise<Reply<Body>>;
  /** Restarts the function, with an empty memory; `crash` kills it first. */
  restart(how?: 'stop' | 'crash'): Promise<void>;
  /** Restarts it with these variables instead of those that it was started with. */
  reconfigure(env: Env): Promise<void>;
  /** Everything it has printed, also before restarts. */
  output(): string;
  stop(): Promise<void>;
};

/** Starts a function; `env` adds variables. */
export async function startFunctionStack(
  name: string,
  env: Env | ((api: TestApi) => Env) = {},
): Promise<FunctionStack> {
  const database = await createTestDatabase();
  const api = await startApi(database);
  const gate = await startRpcGate(api.url);
  let variables = typeof env === 'function' ? env(api) : env;
  const start = () => startFunction(name, api, { SUPABASE_URL: gate.url, ...variables });
  let running = await start();
  let outputBefore = '';
  const output = () => outputBefore + running.stdout() + running.stderr();
  const restart = async (how: 'stop' | 'crash' = 'stop') => {
    await (how === 'crash' ? running.kill() : running.stop());
    outputBefore = output();
    running = await start();
  };

  return {
    api,
    database,
    gate,
    output,
    get running() {
      return running;
    },
    fetch: (path, init = {}) => fetch(running.url + path, init),
    request: async (init, query = '') => {
      const response = await fetch(running.url + query, init);
      const text = await response.text();
      const body = text === '' ? null : JSON.parse(text);
      return { status: response.status, headers: response.headers, body, text };
    },
    restart,
    reconfigure: async (env) => {
      variables = env;
      await restart();
    },
    stop: async () => {
      await running.stop();
      await gate.stop();
      await api.stop();
      await database.drop();
    },
  };
}

/** The newest line of a function's log, once there is one. */
export async function lastLogLine({ running }: Pick<FunctionStack, 'running'>): Promise<unknown> {
  const lines = () => running.stdout().trim().split('\n');
  await expect.poll(() => lines().at(-1)).toContain('"ts"');
  return JSON.parse(lines().at(-1) ?? '');
}

/** A request to a scheduled function, as an operator's command sends it. */
export function scheduledRequest({ keys }: TestApi, body: object): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', apikey: keys.secretKey },
  };
}
