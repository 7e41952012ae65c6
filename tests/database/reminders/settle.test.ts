import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  beginDispatch,
  claim,
  claimOne,
  dispatch,
  type Outcome,
  settle,
} from '../support/outbox.ts';
import { createAppointment, forgetReminders, messages, plan } from '../support/reminders.ts';
import { ANNAS_PHONE, monday, planReminder, type Scene, tuesday } from '../support/scene.ts';
import { readAttempts, readMessage } from '../support/message-records.ts';

let database: TestDatabase;
let scene: Scene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  scene = await planReminder(database);
});
afterAll(() => database.drop());

/** Sends at 17:00 and settles in the same minute. */
async function send(outcome: Outcome, now = monday('17:00')) {
  return await settle(database, await dispatch(database, now), now, outcome);
}

const setAttempts = (count: number) =>
  database.query('update public.sms_messages set attempts = $1', [count]);

describe('the result of a POST', () => {
  it.each<[string, Outcome, string, Record<string, unknown>]>([
    [
      'accepted, with an id',
      { outcome: 'accepted', providerId: 'A1' },
      'sent',
      { status: 'sent', sentAt: '11-23 17:00:00', providerId: 'A1' },
    ],
    [
      'accepted, without one',
      // SMSAPI's response to a repeated message, which contains no id.
      { outcome: 'accepted' },
      'sent',
      { status: 'sent', sentAt: '11-23 17:00:00' },
    ],
    [
      'refused',
      { outcome: 'permanent', code: '13' },
      'failed',
      { status: 'failed', code: '13', finalAt: '11-23 17:00:00' },
    ],
    [
      'not accepted for now',
      { outcome: 'transient', code: 'http_503' },
      'retry',
      { status: 'pending', code: 'http_503', next: '11-23 17:00:15', startedAt: null },
    ],
    [
      'refused to the account',
      { outcome: 'account', code: '103' },
      'paused',
      {
        ...{ status: 'pending', code: '103', reason: 'paused', next: '11-23 17:15:00' },
        ...{ attempts: 0, startedAt: null },
      },
    ],
    [
      'ambiguous',
      { outcome: 'ambiguous', code: 'timeout' },
      'unknown',
      {
        ...{ status: 'unknown', code: 'timeout', reason: 'ambiguous', next: '11-23 17:02:00' },
        maybeSince: '11-23 17:00:00',
      },
    ],
  ])(
    '%s: it is stored, nothing else is, and the lease ends',
    async (_name, outcome, answer, changes) => {
      const claimed = await dispatch(database, monday('17:00'));
      const before = await readMessage(database, scene.messageId);
      expect(await settle(database, claimed, monday('17:00'), outcome)).toBe(answer);
      expect(await readMessage(database, scene.messageId)).toEqual({
        ...before,
        ...changes,
        leaseUntil: null,
      });
      expect(await readAttempts(database, scene.messageId)).toEqual([{
        provider: 'smsapi',
        started: '11-23 17:00:00',
        ended: '11-23 17:00:00',
        outcome: outcome.outcome,
        code: outcome.code ?? null,
        providerId: outcome.providerId ?? null,
      }]);
    },
  );

  it('is refused if its outcome is unknown', async () => {
    await expect(send({ outcome: 'lost' })).rejects.toMatchObject({ code: '22P02' });
    expect(await readMessage(database, scene.messageId)).toMatchObject({ status: 'leased' });
  });

  it('of a deleted message is ignored', async () => {
    const claimed = await dispatch(database, monday('17:00'));
    await database.query('delete from public.sms_messages');
    expect(await settle(database, claimed, monday('17:00'), { outcome: 'accepted' }))
      .toBe('lost_lease');
  });
});

describe('a retry after a temporary failure', () => {
  it.each([
    [1, 1, '17:00:30'],
    [2, 1, '17:01:00'],
    [3, 1, '17:02:00'],
    [5, 1, '17:08:00'],
    [5, 0.5, '17:04:00'],
    [5, 0, '17:00:05'],
    [1, 0, '17:00:05'],
  ])('of attempt %i with random %d is due at %s', async (attempt, random, next) => {
    await setAttempts(attempt - 1);
    await send({ outcome: 'transient', random });
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      next: `11-23 ${next}`,
      attempts: attempt,
    });
  });

  it.each([[90, 0, '17:01:30'], [90, 1, '17:01:30'], [5, 1, '17:00:30']])(
    'waits for the %i seconds that the provider asked for, with random %d until %s',
    async (retryAfter, random, next) => {
      await send({ outcome: 'transient', code: 'http_429', retryAfter, random });
      expect(await readMessage(database, scene.messageId)).toMatchObject({ next: `11-23 ${next}` });
    },
  );

  it('does not count attempts that did not reach the provider', async () => {
    await setAttempts(5);
    expect(await send({ outcome: 'unreached', code: 'connection_refused' })).toBe('retry');
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'pending',
      code: 'connection_refused',
      attempts: 5,
    });
  });

  it('is not made after six attempts', async () => {
    await setAttempts(5);
    expect(await send({ outcome: 'transient', code: 'http_503' })).toBe('dead');
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'dead',
      reason: 'max_attempts',
      attempts: 6,
      code: 'http_503',
      finalAt: '11-23 17:00:00',
    });
    expect(await claim(database, monday('18:00'))).toEqual([]);
  });

  it.each([[59, 'retry'], [60, 'dead']])(
    'is made before the deadline only: %i seconds in the last minute give %s',
    async (retryAfter, answer) => {
      const lastMinute = tuesday('08:59');
      expect(await send({ outcome: 'transient', retryAfter, random: 0 }, lastMinute)).toBe(answer);
      expect(await readMessage(database, scene.messageId)).toMatchObject(
        answer === 'dead' ? { status: 'dead', reason: 'deadline' } : { status: 'pending' },
      );
    },
  );
});

describe('a provider that refuses the account', () => {
  it('is paused for 15 minutes and then gets the refused message again', async () => {
    await send({ outcome: 'account', code: '103' });
    expect(await claim(database, monday('17:14:59'))).toEqual([]);
    await dispatch(database, monday('17:15'));
    expect(await readMessage(database, scene.messageId)).toMatchObject({ attempts: 1 });
  });

  it('is paused again if it still refuses', async () => {
    await send({ outcome: 'account', code: '103' });
    await send({ outcome: 'account', code: '14' }, monday('17:15'));
    expect(
      await database.query('select provider, paused_until, reason from public.sms_provider_state'),
    ).toEqual([
      { provider: 'smsapi', paused_until: new Date(monday('17:30')), reason: '14' },
    ]);
  });
});

it('a message is given up after six ambiguous attempts', async () => {
  await setAttempts(5);
  expect(await send({ outcome: 'ambiguous', code: 'timeout' })).toBe('dead');
  expect(await readMessage(database, scene.messageId)).toMatchObject({
    status: 'dead',
    reason: 'ambiguous',
  });
});

describe('a number that opted out at the provider', () => {
  it('is stored as an opt-out and gets no further reminders', async () => {
    await send({ outcome: 'permanent', code: '59', optOut: true });
    expect(await readMessage(database, scene.messageId)).toMatchObject({
      status: 'failed',
      code: '59',
    });
    expect(await database.query('select salon_id, phone, source from public.sms_opt_outs')).toEqual(
      [{ salon_id: scene.salon.id, phone: ANNAS_PHONE, source: 'smsapi' }],
    );
    const start = '2026-11-25 11:00+01';
    await createAppointment(database, scene.salon.id, { client: scene.anna, start });
    await plan(database, tuesday('17:00'));
    const next = await claimOne(database, tuesday('17:00'));
    expect(await beginDispatch(database, next, tuesday('17:00'))).toBe('opted_out');
    expect(await messages(database)).toMatchObject([
      { status: 'failed' },
      { status: 'skipped', reason: 'opted_out' },
    ]);
  });

  it('is kept beside the one that the salon noted', async () => {
    const claimed = await dispatch(database, monday('17:00'));
    await database.query('insert into public.sms_opt_outs values ($1, $2)', [
      scene.salon.id,
      ANNAS_PHONE,
    ]);
    const outcome = { outcome: 'permanent', code: '59', optOut: true };
    expect(await settle(database, claimed, monday('17:00'), outcome)).toBe('failed');
    expect(await database.query('select source from public.sms_opt_outs order by 1')).toEqual([
      { source: 'salon' },
      { source: 'smsapi' },
    ]);
  });
});
