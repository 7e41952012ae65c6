import { expect, test } from 'vitest';
import { refusalMessage } from '../../../supabase/functions/_shared/refusal.ts';
import { runLine } from '../../../supabase/functions/calcom-sync/log-line.ts';
import type { RunReport } from '../../../supabase/functions/calcom-sync/run.ts';
import type { SalonReport } from '../../../supabase/functions/calcom-sync/sync-salon.ts';
import { noCounts } from '../../../supabase/functions/calcom-sync/counts.ts';

const AT_MS = Date.parse('2026-09-10T12:00:00.000Z');

function salon(error: string | null): SalonReport {
  return { counts: noCounts(), done: error === null, error, retryAfterSeconds: null };
}
function line(changes: Partial<RunReport>) {
  const report = { salons: [], counts: noCounts(), code: null, stoppedAtLimit: false, ms: 5 };
  return JSON.parse(runLine({ ...report, ...changes }, AT_MS));
}

test('a run has one line with counts', () => {
  expect(line({ salons: [salon(null)], counts: { ...noCounts(), seen: 3, applied: 1 } })).toEqual({
    ts: '2026-09-10T12:00:00.000Z',
    level: 'info',
    msg: 'run finished',
    salons: 1,
    salons_failed: 0,
    seen: 3,
    foreign: 0,
    unreadable: 0,
    applied: 1,
    unchanged: 0,
    deferred: 0,
    failed: 0,
    duration_ms: 5,
    code: null,
  });
});

test('a salon that could not be synced is a warning, a run that could not start an error', () => {
  expect(line({ salons: [salon(null), salon('key_refused')] }))
    .toMatchObject({ level: 'warn', salons: 2, salons_failed: 1, code: 'key_refused' });
  expect(line({ code: 'unreachable' }))
    .toMatchObject({ level: 'error', msg: 'run finished with an error', code: 'unreachable' });
});

test('a line contains nothing but codes', () => {
  expect(line({ code: 'no such client: Zofia +48501220314' })).toMatchObject({ code: null });
  expect(refusalMessage('run', 'zofia@poczta.example')).toBe('run refused');
});
