import { expect, test } from 'vitest';
import { namesIn } from '../../mutation/names.ts';
import { summaryOf } from '../../mutation/report.ts';
import { verdictOf } from '../../mutation/run-tests.ts';
import { sampleOf } from '../../mutation/sample.ts';
import { testsOf } from '../../mutation/tests-of.ts';
import { type StrykerReport, verdictOn } from '../../mutation/typescript/verdict.ts';

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

const place = { line: 2, column: 4 };
const planted = {
  ...{ path: 'shared/a.ts', rule: 'BooleanLiteral', start: 40, end: 44, replacement: 'false' },
  ...{ from: place, to: { line: 2, column: 8 } },
};
/** Stryker counts lines and columns from 1. */
const reported = (status: string): StrykerReport => ({
  files: {
    'shared/a.ts': {
      mutants: [{
        ...{ mutatorName: 'BooleanLiteral', replacement: 'false', status, killedBy: ['7'] },
        location: { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } },
      }],
    },
  },
  testFiles: { 'a.test.ts': { tests: [{ id: '7', name: 'says no' }] } },
});

test.each([
  ['Killed', { outcome: 'killed', by: 'says no' }],
  ['Survived', { outcome: 'survived' }],
  ['NoCoverage', { outcome: 'survived' }],
  ['RuntimeError', { outcome: 'invalid' }],
  ['Pending', { outcome: 'undecided', by: 'Stryker reported it as Pending' }],
])('a mutant that Stryker reports as %s is judged by it', (status, verdict) => {
  expect(verdictOn(planted, reported(status))).toEqual(verdict);
});

test('a mutant that Stryker does not report is undecided, not survived', () => {
  expect(verdictOn(planted, { files: {} }).outcome).toBe('undecided');
  expect(verdictOn({ ...planted, replacement: 'true' }, reported('Killed')).outcome)
    .toBe('undecided');
});

test('what is undecided counts against the score, what is explained or invalid does not', () => {
  const results = (['killed', 'killed', 'undecided', 'survived', 'explained', 'invalid'] as const)
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

test('tests that name what a file defines are known by these names', async () => {
  expect(await namesIn('supabase/schemas/30_ingest/230_booking_uids.sql')).toEqual([
    'booking_uids',
  ]);
  expect(await namesIn('supabase/schemas/40_sync/105_sync_wake_up.sql')).toEqual(['sync_wake_up']);
  expect(await namesIn('shared/text/hex.ts')).toEqual(['/hex.ts']);
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
