import { SignJWT } from 'jose';
import { generateKeys, jwtKey, type StackKeys } from '../../../local/stack/keys.ts';
import { startDataApi } from '../database/data-api.ts';
import type { BenchServer } from '../database/server.ts';
import type { ViewQuery } from './queries.ts';
import type { Subject } from './scene.ts';

/** Sends requests to a Data API as one role. */
export type Asker = {
  /** The duration of a whole request. Fails unless the answer has rows. */
  time(query: ViewQuery): Promise<number>;
};

/** Starts a Data API on the subject's database, for requests by its owner in that role. */
export async function startAsker(
  server: BenchServer,
  { database, ownerId }: Subject,
  role: string,
): Promise<Asker> {
  const keys = await generateKeys();
  const restUrl = await startDataApi(server, database, keys);
  const token = await sign(keys, role, ownerId);
  return { time: ({ view, search }) => timed(`${restUrl}/${view}?${search}`, token) };
}

async function timed(url: string, token: string): Promise<number> {
  const startedAtMs = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const rows: unknown = await response.json();
  const ms = performance.now() - startedAtMs;
  if (!response.ok || !Array.isArray(rows) || rows.length === 0) {
    throw new Error(`${url} answered ${response.status} ${JSON.stringify(rows).slice(0, 200)}`);
  }
  return ms;
}

async function sign({ jwtSecret }: StackKeys, role: string, userId: string): Promise<string> {
  return await new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject(userId)
    .setExpirationTime('1h').sign(jwtKey(jwtSecret));
}
