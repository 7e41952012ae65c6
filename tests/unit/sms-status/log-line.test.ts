import { expect, test } from 'vitest';
import { requestLine } from '../../../supabase/functions/_shared/handle-request.ts';
import { refuse } from '../../../supabase/functions/_shared/refusal.ts';
import {
  type Outcome,
  STATUS_LOG,
  type Success,
} from '../../../supabase/functions/sms-status/outcome.ts';

const TIMING = { requestId: 'r-1', finishedAtMs: Date.UTC(2026, 10, 23), durationMs: 12 };

const SUCCESS: Success = {
  ok: true,
  provider: 'smsapi',
  kind: 'receipts',
  applied: 3,
  unknown: 0,
};

function logged(outcome: Outcome): unknown {
  return JSON.parse(requestLine(STATUS_LOG, outcome, TIMING));
}

test('a report is one line with the agreed keys', () => {
  expect(logged(SUCCESS)).toEqual({
    ts: '2026-11-23T00:00:00.000Z',
    level: 'info',
    msg: 'report noted',
    request_id: 'r-1',
    provider: 'smsapi',
    kind: 'receipts',
    applied: 3,
    unknown: 0,
    duration_ms: 12,
    code: null,
  });
});

test('a report about an unknown message is a warning', () => {
  expect(logged({ ...SUCCESS, unknown: 1 })).toMatchObject({ level: 'warn', unknown: 1 });
});

test('a refusal says which variable to set', () => {
  expect(logged(refuse('server_misconfigured', { provider: 'twilio', cause: 'TWILIO_AUTH_TOKEN' })))
    .toMatchObject({
      level: 'error',
      msg: 'report refused: TWILIO_AUTH_TOKEN',
      provider: 'twilio',
      code: 'server_misconfigured',
    });
});

test('a refusal never says more than a code', () => {
  expect(logged(refuse('internal_error', { cause: 'cannot reach +48600100200' })))
    .toMatchObject({ level: 'error', msg: 'report refused' });
});
