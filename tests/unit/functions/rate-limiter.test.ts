import { expect, test } from 'vitest';
import { createRateLimiter } from '../../../supabase/functions/_shared/rate-limiter.ts';

const START_MS = Date.UTC(2026, 8, 12);

function refusedTenTimes() {
  const limiter = createRateLimiter();
  const waits = Array.from(
    { length: 10 },
    (_, second) => limiter.count('203.0.113.7', START_MS + second * 1000),
  );
  return { limiter, waits };
}

test('the first ten refusals of a minute have no delay', () => {
  expect(refusedTenTimes().waits).toEqual(Array(10).fill(0));
});

test('the eleventh is limited until the first is a minute old', () => {
  expect(refusedTenTimes().limiter.count('203.0.113.7', START_MS + 15_000)).toBe(45);
});

test('after that one more is allowed', () => {
  const { limiter } = refusedTenTimes();
  expect(limiter.count('203.0.113.7', START_MS + 60_000)).toBe(0);
  expect(limiter.count('203.0.113.7', START_MS + 60_000)).toBe(1);
});

test('attempts while limited do not extend the limit', () => {
  const { limiter } = refusedTenTimes();
  for (let second = 10; second < 60; second++) {
    limiter.count('203.0.113.7', START_MS + second * 1000);
  }
  expect(limiter.count('203.0.113.7', START_MS + 70_000)).toBe(0);
});

test('another address is not affected', () => {
  expect(refusedTenTimes().limiter.count('198.51.100.1', START_MS + 15_000)).toBe(0);
});

test('the address seen longest ago is forgotten when there are more than ten thousand', () => {
  const { limiter } = refusedTenTimes();
  for (let host = 0; host < 10_000; host++) {
    limiter.count(`host-${host}`, START_MS + 10_000);
  }
  expect(limiter.count('203.0.113.7', START_MS + 15_000)).toBe(0);
});
