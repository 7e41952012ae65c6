import { expect, test } from 'vitest';
import { type FinishedRun, runLine } from '../../../supabase/functions/sms-reminders/log-line.ts';
import { noCounts } from '../../../supabase/functions/sms-reminders/counts.ts';

const FINISHED_AT_MS = Date.UTC(2026, 10, 23, 16);

function finished(changes: Partial<FinishedRun>): unknown {
  const run = { runId: 'r-1', provider: 'smsapi', counts: noCounts(), code: null };
  return JSON.parse(runLine({ ...run, finishedAtMs: FINISHED_AT_MS, ...changes }));
}

test('a run is one line with the agreed keys', () => {
  const counts = { ...noCounts(), planned: 3, claimed: 2, sent: 2, ms: 41 };
  expect(finished({ counts })).toEqual({
    ts: '2026-11-23T16:00:00.000Z',
    level: 'info',
    msg: 'run finished',
    run_id: 'r-1',
    provider: 'smsapi',
    planned: 3,
    skipped: 0,
    broken: 0,
    claimed: 2,
    sent: 2,
    retried: 0,
    failed: 0,
    unknown: 0,
    dropped: 0,
    duration_ms: 41,
    code: null,
  });
});

test('unlisted keys are not logged', () => {
  const odd = { ...noCounts(), phone: '+48600100200' };
  expect(JSON.stringify(finished({ counts: odd }))).not.toContain('600100200');
});

test.each([
  ['info', {}],
  ['warn', { failed: 1 }],
  ['warn', { unknown: 1 }],
  ['warn', { broken: 1 }],
])('the level is %s with %j', (level, counts) => {
  expect(finished({ counts: { ...noCounts(), ...counts } })).toMatchObject({ level });
});

test('an error of the run as a whole is logged as an error', () => {
  expect(finished({ code: 'provider_paused' })).toMatchObject({
    level: 'error',
    msg: 'run finished with an error',
    code: 'provider_paused',
  });
});

test.each(['48600100200', '+48600100200', 'token=abc', 'Wizyta jutro o 14:00', 'a'.repeat(65)])(
  'a text that is not a code is not logged: %s',
  (code) => expect(finished({ code })).toMatchObject({ level: 'error', code: null }),
);
