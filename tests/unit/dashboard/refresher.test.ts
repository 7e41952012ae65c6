import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRefresher, type Refresher } from '../../../dashboard/src/data/refresher.ts';

const WORK_MS = 2_000;

let started: number;
let running: number;
let refresher: Refresher;

beforeEach(() => {
  vi.useFakeTimers();
  started = running = 0;
  refresher = createRefresher(async () => {
    started += 1;
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, WORK_MS));
    running -= 1;
    if (started === 1) throw new Error('no network');
  });
});
afterEach(() => vi.useRealTimers());

test('many requests in a moment are one refresh', async () => {
  for (let n = 0; n < 100; n += 1) refresher.refresh();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started).toBe(1);
});

test('a request during a refresh is followed by another one, even if the first fails', async () => {
  refresher.refresh();
  await vi.advanceTimersByTimeAsync(1_000);
  refresher.refresh();
  refresher.refresh();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started).toBe(2);
});

test('requests without end never keep a refresh from ending', async () => {
  for (let n = 0; n < 100; n += 1) {
    refresher.refresh();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(started).toBeGreaterThanOrEqual(4);
});

test('once ended nothing is refreshed', async () => {
  refresher.refresh();
  refresher.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started).toBe(0);
});
