import { beforeEach, expect, test } from 'vitest';
import { createDirectory } from '../../../supabase/functions/calcom-webhook/salon-directory.ts';

let now: number;
let lists: number;
let answer: { ok: true; value: string[] } | { ok: false; code: string };

beforeEach(() => {
  [now, lists, answer] = [0, 0, { ok: true, value: ['a'] }];
});

const directory = () =>
  createDirectory(() => {
    lists += 1;
    return Promise.resolve(answer);
  }, () => now);
const yes = { ok: true, value: true };
const no = { ok: true, value: false };

test('the salons are listed once for those that are among them', async () => {
  const salons = directory();
  expect([await salons.has('a'), await salons.has('a')]).toEqual([yes, yes]);
  now = 60_000;
  expect(await salons.has('a')).toEqual(yes);
  expect(lists).toBe(1);
});

test('one that is not listed counts as made up for five seconds', async () => {
  const salons = directory();
  expect(await salons.has('b')).toEqual(no);
  answer = { ok: true, value: ['a', 'b'] };
  now = 4_999;
  expect(await salons.has('b')).toEqual(no);
  expect(lists).toBe(1);
  now = 5_000;
  expect(await salons.has('b')).toEqual(yes);
  expect(lists).toBe(2);
});

test('simultaneous requests share a query, later ones do not', async () => {
  const salons = directory();
  expect(await Promise.all([salons.has('a'), salons.has('b')])).toEqual([yes, no]);
  expect(lists).toBe(1);
  now = 5_000;
  await salons.has('b');
  expect(lists).toBe(2);
});

test('a list that failed is asked for again at once', async () => {
  const salons = directory();
  answer = { ok: false, code: 'timeout' };
  expect(await salons.has('a')).toEqual(answer);
  answer = { ok: true, value: ['a'] };
  expect(await salons.has('a')).toEqual(yes);
});
