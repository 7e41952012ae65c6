import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import {
  createWorkerSecret,
  type IsWorkerSecret,
} from '../../../supabase/functions/_shared/worker-secret.ts';

let nowMs: number;
let stored: string | null;
let isAway: boolean;
let queries: number;
let isWorkerSecret: IsWorkerSecret;

beforeEach(() => {
  nowMs = 1_000_000;
  stored = 'the secret';
  isAway = false;
  queries = 0;
  isWorkerSecret = createWorkerSecret(async () => {
    queries++;
    const secret = stored;
    // The database takes a while, so that other requests arrive meanwhile.
    await Promise.resolve();
    if (isAway) return { ok: false, code: 'away' };
    return { ok: true, value: secret === null ? null : sha256(secret) };
  }, () => nowMs);
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const YES = { ok: true, value: true };
const NO = { ok: true, value: false };
const AWAY = { ok: false, code: 'away' };

test('the hash is read once a minute', async () => {
  expect(await isWorkerSecret('the secret')).toEqual(YES);
  nowMs += 59_999;
  expect(await isWorkerSecret('the secret')).toEqual(YES);
  expect(queries).toBe(1);
  nowMs += 1;
  expect(await isWorkerSecret('the secret')).toEqual(YES);
  expect(queries).toBe(2);
});

test('a replaced secret is accepted although the old one is in the cache', async () => {
  await isWorkerSecret('the secret');
  stored = 'the next one';
  nowMs += 5_000;
  expect(await isWorkerSecret('the next one')).toEqual(YES);
  expect(await isWorkerSecret('the secret')).toEqual(NO);
});

test('an old secret is refused after a minute at the latest', async () => {
  await isWorkerSecret('the secret');
  stored = 'the next one';
  nowMs += 60_000;
  expect(await isWorkerSecret('the secret')).toEqual(NO);
});

test('wrong secrets cost one query in five seconds, and the right one none', async () => {
  for (let second = 0; second < 10; second++) {
    const wrong = Array.from({ length: 100 }, (_, n) => isWorkerSecret(`wrong ${n}`));
    expect(await Promise.all(wrong)).toEqual(wrong.map(() => NO));
    expect(await isWorkerSecret('the secret')).toEqual(YES);
    nowMs += 1_000;
  }
  expect(queries).toBe(2);
});

test('without a stored secret nothing is accepted', async () => {
  stored = null;
  for (const secret of ['', 'null', 'the secret']) expect(await isWorkerSecret(secret)).toEqual(NO);
});

test('the hash itself is not the secret', async () => {
  expect(await isWorkerSecret(sha256('the secret'))).toEqual(NO);
});

test('while the database is away, nothing is known, and it is asked once in five seconds', async () => {
  isAway = true;
  const calls = ['the secret', 'wrong', 'the secret'].map((secret) => isWorkerSecret(secret));
  expect(await Promise.all(calls)).toEqual([AWAY, AWAY, AWAY]);
  expect(queries).toBe(1);
  isAway = false;
  nowMs += 5_000;
  expect(await isWorkerSecret('the secret')).toEqual(YES);
});

test('a failure after a wrong secret does not lock the right one out', async () => {
  await isWorkerSecret('the secret');
  nowMs += 5_000;
  isAway = true;
  expect(await isWorkerSecret('wrong')).toEqual(AWAY);
  expect(await isWorkerSecret('the secret')).toEqual(YES);
});
