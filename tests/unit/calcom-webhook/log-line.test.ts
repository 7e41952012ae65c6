import { expect, test } from 'vitest';
import { requestLine } from '../../../supabase/functions/_shared/handle-request.ts';
import { refuse } from '../../../supabase/functions/_shared/refusal.ts';
import {
  type Outcome,
  type Success,
  WEBHOOK_LOG,
} from '../../../supabase/functions/calcom-webhook/outcome.ts';

const TIMING = { requestId: 'r-1', finishedAtMs: Date.UTC(2026, 8, 12), durationMs: 12 };

const SUCCESS: Success = {
  ok: true,
  action: 'applied',
  eventId: 'e-1',
  logId: 'l-1',
  reason: null,
  trigger: 'BOOKING_CREATED',
  bookingUid: 'dWUfJo1DcaeM3ArPkXXrV2',
};

function logged(outcome: Outcome): unknown {
  return JSON.parse(requestLine(WEBHOOK_LOG, outcome, TIMING));
}

test('a processed delivery is one line with the agreed keys', () => {
  expect(logged(SUCCESS)).toEqual({
    ts: '2026-09-12T00:00:00.000Z',
    level: 'info',
    msg: 'webhook processed',
    request_id: 'r-1',
    trigger: 'BOOKING_CREATED',
    salon_id: null,
    booking_uid: 'dWUfJo1DcaeM3ArPkXXrV2',
    action: 'applied',
    log_id: 'l-1',
    duration_ms: 12,
    code: null,
  });
});

test('the salon of the webhook is named only by its id', () => {
  const salonId = '1dd868f8-f38b-4c14-b997-c78ae8549f74';
  expect(logged({ ...SUCCESS, salonId })).toMatchObject({ salon_id: salonId });
  expect(logged(refuse('signature_mismatch', { salonId }))).toMatchObject({ salon_id: salonId });
  expect(logged({ ...SUCCESS, salonId: 'Zofia' })).toMatchObject({ salon_id: null });
});

test('a deferred delivery says why', () => {
  expect(logged({ ...SUCCESS, action: 'deferred', reason: 'salon_not_found' })).toMatchObject({
    action: 'deferred',
    code: 'salon_not_found',
  });
});

test.each(['48501220314', 'zofia@poczta.example', 'Kaczmarek', 'a b1', 'a1'.repeat(40)])(
  'a uid that is not an opaque id is not logged: %s',
  (bookingUid) => expect(logged({ ...SUCCESS, bookingUid })).toMatchObject({ booking_uid: null }),
);

test.each(['Zofia Kaczmarek', '+48501220314', 'A'.repeat(101)])(
  'a trigger without the form of a trigger is not logged: %s',
  (trigger) => expect(logged({ ...SUCCESS, trigger })).toMatchObject({ trigger: 'unknown' }),
);

test('a refusal says which variable is missing', () => {
  expect(logged(refuse('server_misconfigured', { cause: 'CALCOM_WEBHOOK_SECRET' }))).toMatchObject({
    level: 'error',
    code: 'server_misconfigured',
    msg: 'webhook refused: CALCOM_WEBHOOK_SECRET',
  });
});

test('a refusal never says more than a code', () => {
  expect(
    logged(refuse('internal_error', { cause: 'duplicate key (zofia@poczta.example)' })),
  ).toMatchObject({ msg: 'webhook refused' });
});
