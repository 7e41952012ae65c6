import { describe, expect, test } from 'vitest';
import { createHandler, type Deps } from '../../../supabase/functions/health/handler.ts';
import type { HealthReport } from '../../../supabase/functions/health/check.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 12);
const minutesAgo = (minutes: number) => new Date(NOW_MS - minutes * 60_000).toISOString();

const WELL: HealthReport = {
  last_delivery_at: minutesAgo(600),
  oldest_unapplied_at: minutesAgo(60),
  oldest_overdue_retry_at: minutesAgo(15),
  dead_letters: 0,
  oldest_overdue_reminder_at: minutesAgo(30),
  stale_syncs: 0,
  missing_jobs: 0,
  failing_jobs: 0,
  scheduler_ran_at: minutesAgo(15),
  passed_over: { '55P03': 1 },
  oldest_passed_over_at: minutesAgo(30),
  reminders_unwoken_since: minutesAgo(20),
  sync_unwoken_since: minutesAgo(40),
  failing: [],
};
describe('the function', () => {
  const lines: string[] = [];
  const ask = (handle: ReturnType<typeof createHandler>, method = 'GET') =>
    handle(new Request('http://localhost/health', { method }));

  function deps(readReport: Deps['readReport'], clock = { ms: NOW_MS }): Deps {
    lines.length = 0;
    return { readReport, now: () => clock.ms, log: (line) => void lines.push(line) };
  }

  test('queries the database once in ten seconds, however many requests there are', async () => {
    const clock = { ms: NOW_MS };
    let looks = 0;
    const read = () =>
      Promise.resolve({
        ok: true as const,
        value: { ...WELL, failing: looks++ === 0 ? [] : ['dead_letters'] },
      });
    const handle = createHandler(deps({ ok: true, value: read }, clock));
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(handle)));
    clock.ms += 9_999;
    replies.push(await ask(handle));
    expect(looks).toBe(1);
    expect(replies.map(({ status }) => status)).toEqual(Array(21).fill(200));
    clock.ms += 1;
    expect((await ask(handle)).status).toBe(503);
    expect(looks).toBe(2);
  });

  test('reports problems in the answer and once in the log', async () => {
    const read = () => Promise.resolve({ ok: false as const, code: 'PGRST002' });
    const handle = createHandler(deps({ ok: true, value: read }));
    const reply = await ask(handle);
    await ask(handle);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toEqual({
      ok: false,
      failing: ['database_unreachable'],
      checkedAt: '2026-11-26T12:00:00.000Z',
    });
    expect(lines.map((line) => JSON.parse(line))).toEqual([{
      ts: '2026-11-26T12:00:00.000Z',
      level: 'error',
      msg: 'unhealthy',
      failing: ['database_unreachable'],
      missing: null,
    }]);
  });

  test('names a missing variable only in the log', async () => {
    const handle = createHandler(deps({ ok: false, variable: 'SUPABASE_URL' }));
    const reply = await ask(handle);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ failing: ['server_misconfigured'] });
    expect(lines.join()).toContain('SUPABASE_URL');
  });

  test('answers HEAD without a body, and refuses other methods', async () => {
    const read = () => Promise.resolve({ ok: true as const, value: WELL });
    const handle = createHandler(deps({ ok: true, value: read }));
    const head = await ask(handle, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'DELETE']) {
      const refused = await ask(handle, method);
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });
});
