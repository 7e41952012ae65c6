import { describe, expect, test } from 'vitest';
import type { Enums } from '../../../shared/database.types.ts';
import type { SmsProvider } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import type { ClaimedMessage } from '../../../supabase/functions/sms-reminders/claimed-message.ts';
import type { Outcome } from '../../../supabase/functions/sms-reminders/outcome.ts';
import { run } from '../../../supabase/functions/sms-reminders/run.ts';
import {
  ACCEPTED,
  createDatabase,
  deps,
  message,
  messages,
  provider,
  refused,
} from '../support/runs.ts';

describe('a message', () => {
  test('is written at the time of sending, for the complete number', async () => {
    const sent: unknown[] = [];
    const send: SmsProvider['send'] = (sms) => {
      sent.push(sms);
      return Promise.resolve(ACCEPTED);
    };
    const { outbox } = createDatabase([[message('m1', { sender: 'PsiaLapa' })]]);
    await run('run-1', deps(outbox, { provider: provider(send) }));
    expect(sent).toEqual([{
      id: 'm1',
      to: '+48600100200',
      body: 'Wizyta jutro o 14:00 (Reksio). Psia Lapa',
      encoding: 'GSM-7',
      sender: 'PsiaLapa',
      expiresAt: new Date('2026-11-24T11:00:00Z'),
    }]);
  });

  test.each<Enums<'sms_dispatch_answer'>>([
    'lost_lease',
    'event_gone',
    'opted_out',
    'no_consent',
    'cap',
    'expired',
  ])(
    'is dropped when the database says %s',
    async (answer) => {
      const { outbox, settled } = createDatabase([messages(1)]);
      outbox.beginDispatch = () => Promise.resolve({ ok: true, value: answer });
      const never = provider(() => Promise.reject(new Error('sent all the same')));
      expect(await run('run-1', deps(outbox, { provider: never })))
        .toMatchObject({ counts: { dropped: 1, unknown: 0 } });
      expect(settled).toEqual({});
    },
  );

  test.each<Enums<'sms_dispatch_answer'>>(['quiet_hours', 'needs_rerender', 'paused'])(
    'waits when the database says %s',
    async (answer) => {
      const { outbox } = createDatabase([messages(1)]);
      outbox.beginDispatch = () => Promise.resolve({ ok: true, value: answer });
      expect(await run('run-1', deps(outbox))).toMatchObject({ counts: { retried: 1 } });
    },
  );

  test.each<[what: string, changes: Partial<ClaimedMessage>, draft: unknown]>([
    ['no appointment left', { appointments: [] }, { ok: false, problem: null }],
    ['a landline', { phone: '+48221234567' }, { ok: false, problem: 'not_mobile' }],
    ['no number', { phone: null }, { ok: false, problem: 'no_phone' }],
    ['a foreign number', { phone: '+380501234567' }, {
      ok: false,
      problem: 'country_blocked',
    }],
    ['a text that is too long', { template: 'x'.repeat(400) }, { ok: false, problem: 'too_long' }],
    ['an invalid template', { template: '{{foo}}' }, { ok: false, problem: 'template' }],
  ])('with %s is left to the database', async (_what, changes, draft) => {
    const drafts: unknown[] = [];
    const { outbox } = createDatabase([[message('m1', changes)]]);
    outbox.beginDispatch = (_message, draft) => {
      drafts.push(draft);
      return Promise.resolve({ ok: true, value: 'too_long' });
    };
    expect(await run('run-1', deps(outbox))).toMatchObject({ counts: { dropped: 1 } });
    expect(drafts).toEqual([draft]);
  });

  test('that cannot be written is retried and never dispatched', async () => {
    const { outbox, begun, settled } = createDatabase([[message('m1', { timezone: 'Mars' })]]);
    await run('run-1', deps(outbox));
    expect(begun).toEqual([]);
    expect(settled).toEqual({ m1: { p_outcome: 'transient', p_code: 'unwritable' } });
  });

  test('is not sent unless the database allows it', async () => {
    const { outbox, settled } = createDatabase([messages(1)]);
    const never = provider(() => Promise.reject(new Error('sent all the same')));
    await run('run-1', deps({ ...outbox, beginDispatch: refused }, { provider: never }));
    expect(settled).toEqual({ m0: { p_outcome: 'unreached', p_code: 'begin_unanswered' } });
  });

  test('is settled on the third attempt if necessary', async () => {
    const { outbox } = createDatabase([messages(1)]);
    const { settle } = outbox;
    let tries = 0;
    outbox.settle = (claimed, outcome) => ++tries < 3 ? refused() : settle(claimed, outcome);
    const waits: number[] = [];
    const wait = (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    };
    expect(await run('run-1', deps(outbox, { wait }))).toMatchObject({ counts: { sent: 1 } });
    expect(waits).toEqual([0, 200, 800]);
  });

  test('that is sent but cannot be settled counts as unknown', async () => {
    const { outbox } = createDatabase([messages(1)]);
    expect(await run('run-1', deps({ ...outbox, settle: refused })))
      .toMatchObject({ counts: { unknown: 1, sent: 0 } });
  });
});

describe('a message that may have been sent already', () => {
  const before = message('m1', {
    was_unknown: true,
    sent_to: '+48600100200',
    sent_body: 'Wizyta jutro https://salon.example/c/#…',
    sent_since: '2026-11-23T15:50:00Z',
  });

  test('is sent again if the provider detects duplicates', async () => {
    const { outbox, begun, settled } = createDatabase([[before]]);
    const noticing = provider(() => Promise.resolve(ACCEPTED), { idempotent: true });
    await run('run-1', deps(outbox, { provider: noticing }));
    expect(begun).toEqual(['m1']);
    expect(settled).toEqual({ m1: { p_outcome: 'accepted' } });
  });

  test.each<[what: string, lookUp: NonNullable<SmsProvider['lookUp']>, outcome: Outcome]>([
    [
      'is settled when it is found',
      () => Promise.resolve({ kind: 'found', providerMessageId: 'SM1' }),
      {
        p_outcome: 'accepted',
        p_provider_message_id: 'SM1',
      },
    ],
    ['is left to the database when it is not found', () => Promise.resolve({ kind: 'not_found' }), {
      p_outcome: 'not_found',
    }],
    [
      'waits when the look-up is inconclusive',
      () => Promise.resolve({ kind: 'unavailable', code: 'http_503' }),
      {
        p_outcome: 'unavailable',
        p_code: 'http_503',
      },
    ],
  ])('%s and is never sent', async (_what, lookUp, outcome) => {
    const { outbox, begun, settled } = createDatabase([[before]]);
    const never = provider(() => Promise.reject(new Error('sent all the same')), { lookUp });
    await run('run-1', deps(outbox, { provider: never }));
    expect(begun).toEqual([]);
    expect(settled).toEqual({ m1: outcome });
  });

  test('is looked up as it was sent', async () => {
    const asked: unknown[] = [];
    const lookUp: SmsProvider['lookUp'] = (sms) => {
      asked.push(sms);
      return Promise.resolve({ kind: 'not_found' });
    };
    const { outbox } = createDatabase([[before]]);
    await run('run-1', deps(outbox, { provider: provider(() => refused(), { lookUp }) }));
    expect(asked).toEqual([{
      to: '+48600100200',
      body: 'Wizyta jutro https://salon.example/c/#abcdefghijkm',
      since: new Date('2026-11-23T15:50:00Z'),
    }]);
  });
});
