import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readRetryAfter } from '../../../shared/http/retry-after.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23, 16) });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['90', 90],
  [' 0 ', 0],
  ['Mon, 23 Nov 2026 16:01:30 GMT', 90],
  ['Mon, 23 Nov 2026 15:00:00 GMT', 0],
  ['99999999999999999999', 86_400],
  ['Fri, 23 Nov 2096 16:00:00 GMT', 86_400],
])('%j is %i seconds from now', (header, seconds) => {
  expect(readRetryAfter(header)).toBe(seconds);
});

test.each([null, '', 'soon', '-5', '1.5', '2026-11-23', 'Notaday GMT'])(
  '%j is ignored',
  (header) => {
    expect(readRetryAfter(header)).toBeNull();
  },
);
