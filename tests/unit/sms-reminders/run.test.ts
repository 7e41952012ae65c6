import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
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

describe('a run', () => {
  test('sends what is due, batch by batch, and reports it', async () => {
    const { outbox, settled, finished } = createDatabase([messages(3), [message('last')]]);
    const report = await run('run-1', deps(outbox));
    expect(report).toMatchObject({
      counts: { planned: 1, skipped: 2, claimed: 4, sent: 4, unknown: 0 },
      code: null,
    });
    expect(settled['last']).toEqual({ p_outcome: 'accepted' });
    expect(finished).toEqual([['run-1', report.counts, null]]);
  });

  test('stops at its limit and says so', async () => {
    const { outbox } = createDatabase([messages(3), messages(3), messages(3)]);
    expect(await run('run-1', deps(outbox, { runLimit: 4 })))
      .toMatchObject({ counts: { claimed: 6 }, stoppedAtLimit: true });
  });

  test('that sent everything has not stopped at its limit', async () => {
    const { outbox } = createDatabase([messages(3)]);
    expect(await run('run-1', deps(outbox, { runLimit: 4 })))
      .toMatchObject({ counts: { claimed: 3 }, stoppedAtLimit: false });
  });

  test('that continues another one plans nothing', async () => {
    const { outbox } = createDatabase([messages(3)]);
    expect(await run('run-1', deps(outbox, { plans: null })))
      .toMatchObject({ counts: { planned: 0, claimed: 3, sent: 3 } });
  });

  test('continues planning after the salon at which a call stopped', async () => {
    const { outbox } = createDatabase([]);
    const asked: (string | null)[] = [];
    outbox.plan = (after) => {
      asked.push(after);
      const next_after = ['salon-3', 'salon-7', null][asked.length - 1] ?? null;
      return Promise.resolve({
        ok: true,
        value: { planned: 5, skipped: 1, broken: 1, next_after },
      });
    };
    expect(await run('run-1', deps(outbox)))
      .toMatchObject({ counts: { planned: 15, skipped: 3, broken: 3 } });
    expect(asked).toEqual([null, 'salon-3', 'salon-7']);
  });

  test('sends five messages at once and not more', async () => {
    let underway = 0;
    let most = 0;
    const send = async (): Promise<SendResult> => {
      most = Math.max(most, ++underway);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underway--;
      return ACCEPTED;
    };
    const { outbox, settled } = createDatabase([messages(25)]);
    await run('run-1', deps(outbox, { provider: provider(send) }));
    expect(most).toBe(5);
    expect(Object.keys(settled)).toHaveLength(25);
  });

  test('stops claiming when another batch as slow as the slowest would exceed its budget', async () => {
    let nowMs = 0;
    const send = () => {
      nowMs += 2000;
      return Promise.resolve(ACCEPTED);
    };
    const { outbox } = createDatabase(Array.from({ length: 100 }, () => messages(10)));
    const report = await run(
      'run-1',
      deps(outbox, { provider: provider(send), elapsedMs: () => nowMs }),
    );
    expect(report.counts).toMatchObject({ claimed: 20, sent: 20, ms: 40_000 });
  });

  test('keeps half of its budget for sending, and says which salons it has not planned', async () => {
    let nowMs = 0;
    const { outbox } = createDatabase([messages(1)]);
    outbox.plan = () => {
      nowMs += 2000;
      return Promise.resolve({
        ok: true,
        value: { planned: 1, skipped: 0, broken: 0, next_after: `salon-${nowMs}` },
      });
    };
    expect(await run('run-1', deps(outbox, { elapsedMs: () => nowMs }))).toMatchObject({
      counts: { planned: 15, claimed: 1, sent: 1 },
      stoppedAtLimit: false,
      unplannedAfter: 'salon-30000',
    });
  });

  test('that goes on plans the salons that another one has not planned', async () => {
    const { outbox } = createDatabase([]);
    const { plan } = outbox;
    const asked: (string | null)[] = [];
    outbox.plan = (after) => {
      asked.push(after);
      return plan(after);
    };
    expect(await run('run-1', deps(outbox, { plans: { after: 'salon-9' } })))
      .toMatchObject({ unplannedAfter: null });
    expect(asked).toEqual(['salon-9']);
  });

  test('claims nothing when planning has used up its budget', async () => {
    let nowMs = 0;
    const { outbox } = createDatabase([messages(1)]);
    const { plan } = outbox;
    outbox.plan = (after) => {
      nowMs += 60_000;
      return plan(after);
    };
    expect(await run('run-1', deps(outbox, { elapsedMs: () => nowMs })))
      .toMatchObject({ counts: { claimed: 0 } });
  });

  test.each(['recoverAndExpire', 'plan'] as const)(
    'that cannot %s still sends what is planned, and says why',
    async (call) => {
      const { outbox, finished } = createDatabase([messages(2)]);
      const report = await run('run-1', deps({ ...outbox, [call]: refused }));
      expect(report).toMatchObject({ counts: { sent: 2 }, code: '57014' });
      expect(finished).toEqual([['run-1', report.counts, '57014']]);
    },
  );

  test('that cannot claim ends and says why', async () => {
    const { outbox } = createDatabase([]);
    expect(await run('run-1', deps({ ...outbox, claim: refused })))
      .toMatchObject({ counts: { claimed: 0 }, code: '57014' });
  });

  test('that cannot record its end says why', async () => {
    const { outbox } = createDatabase([]);
    expect(await run('run-1', deps({ ...outbox, finishRun: refused })))
      .toMatchObject({ code: '57014' });
  });

  test('continues after a message that throws', async () => {
    const send = ({ id }: { id: string }) =>
      id === 'm1' ? Promise.reject(new Error('no such thing')) : Promise.resolve(ACCEPTED);
    const { outbox, settled } = createDatabase([messages(10)]);
    expect(await run('run-1', deps(outbox, { concurrency: 2, provider: provider(send) })))
      .toMatchObject({ counts: { claimed: 10, sent: 9, unknown: 1 }, code: null });
    expect(settled).not.toHaveProperty('m1');
  });

  test('reports that the provider refuses the account', async () => {
    const { outbox } = createDatabase([messages(1)]);
    const paused = () => Promise.resolve({ ok: true as const, value: 'paused' as const });
    expect(await run('run-1', deps({ ...outbox, settle: paused })))
      .toMatchObject({ counts: { retried: 1 }, code: 'provider_paused' });
  });
});
