import { expect, test } from 'vitest';
import { createCalComActions } from '../../../shared/calendar/calcom-actions.ts';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import type { CalendarClient } from '../../../shared/calendar/client.ts';

type Answer = { status: number; body: unknown } | 'no answer';

/** A client whose function `appointments` gives these answers, and what it was asked. */
function functionWith(...answers: Answer[]) {
  const asked: Record<string, unknown>[] = [];
  const invoke = (name: string, { body }: { body: Record<string, unknown> }) => {
    expect(name).toBe('appointments');
    asked.push(body);
    const answer = answers.shift() ?? 'no answer';
    if (answer === 'no answer') {
      return Promise.resolve({ data: null, error: { context: new TypeError('Failed to fetch') } });
    }
    const { status, body: data } = answer;
    return Promise.resolve(
      status === 200
        ? { data, error: null }
        : { data: null, error: { context: Response.json(data, { status }) } },
    );
  };
  const client = { functions: { invoke } } as unknown as CalendarClient;
  return { actions: createCalComActions(client), asked };
}

const DONE: Answer = {
  status: 200,
  body: { ok: true, action: 'cancel', eventId: 'a', shown: true },
};

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const failure = await call.then(() => null, (error: unknown) => error);
  return failure instanceof CalendarError ? failure.code : failure;
}

test('an action without an answer is repeated under the same key, any other under a new one', async () => {
  const { actions, asked } = functionWith('no answer', DONE, DONE, 'no answer', 'no answer');
  expect(await codeOf(actions.cancelAppointment('a', 'chory'))).toBe('unreachable');
  await actions.cancelAppointment('a', 'chory');
  await actions.cancelAppointment('a', 'chory');
  expect(await codeOf(actions.cancelAppointment('b', 'chory'))).toBe('unreachable');
  expect(await codeOf(actions.cancelAppointment('b', 'urlop'))).toBe('unreachable');

  const [lost, repeated, again, other, changed] = asked.map(({ requestKey }) => requestKey);
  expect(repeated).toBe(lost);
  expect(new Set([lost, again, other, changed]).size).toBe(4);
});

test('an accepted action says whether the calendar shows it', async () => {
  const later: Answer = { status: 200, body: { ok: true, eventId: null, shown: false } };
  const { actions } = functionWith(DONE, later);
  expect(await actions.confirmAppointment('a')).toEqual({ eventId: 'a', shown: true });
  expect(await actions.confirmAppointment('a')).toEqual({ eventId: null, shown: false });
});

test('a refused action may be tried again as a new one', async () => {
  const taken: Answer = { status: 409, body: { ok: false, code: 'slot_taken' } };
  const { actions, asked } = functionWith(taken, DONE);
  const start = new Date('2026-11-24T09:00:00Z');
  expect(await codeOf(actions.moveAppointment('a', start))).toBe('slot_taken');
  await actions.moveAppointment('a', start);

  expect(asked[0]?.requestKey).not.toBe(asked[1]?.requestKey);
  expect(asked[1]).toMatchObject({
    action: 'move',
    eventId: 'a',
    start: '2026-11-24T09:00:00.000Z',
  });
});

test('what is still in progress is asked for again under the same key', async () => {
  const busy: Answer = { status: 409, body: { ok: false, code: 'in_progress' } };
  const { actions, asked } = functionWith(busy, DONE);
  expect(await codeOf(actions.confirmAppointment('a'))).toBe('busy');
  await actions.confirmAppointment('a');

  expect(asked[1]).toEqual(asked[0]);
});

test('without a key, the error has the address of Cal.com’s own page', async () => {
  const url = 'https://cal.com/booking/uid?cancel=true';
  const { actions } = functionWith(
    { status: 409, body: { ok: false, code: 'key_missing', url } },
    { status: 409, body: { ok: false, code: 'key_missing', url: 'javascript:alert(1)' } },
  );
  await expect(actions.cancelAppointment('a', '')).rejects.toMatchObject({
    code: 'key_missing',
    url,
  });
  await expect(actions.cancelAppointment('a', '')).rejects.toMatchObject({ url: null });
});

test('an answer that is none of the function’s is no success', async () => {
  const { actions } = functionWith(
    { status: 200, body: {} },
    { status: 500, body: { ok: false, code: 'new_code' } },
    { status: 401, body: { ok: false, code: 'unauthorized' } },
  );
  expect(await codeOf(actions.confirmAppointment('a'))).toBe('unexpected');
  expect(await codeOf(actions.confirmAppointment('a'))).toBe('unexpected');
  expect(await codeOf(actions.confirmAppointment('a'))).toBe('not_signed_in');
});
