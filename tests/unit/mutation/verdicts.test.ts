import { expect, test } from 'vitest';
import { summaryOf } from '../../mutation/report.ts';
import { verdictOf } from '../../mutation/run-tests.ts';
import { sampleOf } from '../../mutation/sample.ts';
import { testsOf } from '../../mutation/tests-of.ts';

const file = (status: string, ...tests: [name: string, status: string][]) => ({
  name: `${status}.test.ts`,
  status,
  assertionResults: tests.map(([fullName, status]) => ({ fullName, status })),
});
const report = (...testResults: ReturnType<typeof file>[]) => ({ numTotalTests: 1, testResults });

test('a mutant is killed by the test that failed, not by files that were cut short', () => {
  expect(verdictOf(report(file('failed'), file('failed', ['a', 'passed'], ['b', 'failed'])), false))
    .toEqual({ outcome: 'killed', by: 'b' });
});

test('a mutant is killed by a file whose set-up failed', () => {
  expect(verdictOf(report(file('failed')), false)).toEqual({
    outcome: 'killed',
    by: 'failed.test.ts',
  });
});

test('a mutant survives if every test passes, and is invalid if none began', () => {
  expect(verdictOf(report(file('passed')), true)).toEqual({ outcome: 'survived' });
  expect(verdictOf(report(), false)).toEqual({ outcome: 'invalid' });
  expect(verdictOf(null, false)).toEqual({ outcome: 'invalid' });
});

test('what ran out of time counts against the score, what is explained or invalid does not', () => {
  const results = (['killed', 'killed', 'timeout', 'survived', 'explained', 'invalid'] as const)
    .map((outcome) => ({
      ...{ path: '', line: 1, rule: '', before: '', after: '', by: null, seconds: 1 },
      outcome,
    }));
  expect(summaryOf(results)).toMatchObject({ mutants: 6, killed: 2, score: 0.5 });
});

test('a seed chooses the same sample every time, and each item once', () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const sample = sampleOf(items, 10, 7);
  expect(new Set(sample).size).toBe(10);
  expect(sampleOf(items, 10, 7)).toEqual(sample);
  expect(sampleOf(items, 10, 8)).not.toEqual(sample);
  expect(sampleOf(items, 500, 7)).toEqual(items);
  expect(sampleOf(items, null, 7)).toEqual(items);
});

test('every file that can be mutated has tests', () => {
  expect(testsOf('supabase/schemas/30_ingest/420_find_client.sql')).toContain(
    'tests/database/ingest',
  );
  expect(testsOf('supabase/functions/calendar-feed/handler.ts')).toEqual([
    'tests/functions/calendar-feed',
  ]);
  expect(() => testsOf('supabase/schemas/90_new/100.sql')).toThrow('tests-of.ts');
});
