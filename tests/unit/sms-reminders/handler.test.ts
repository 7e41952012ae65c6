import { expect, test } from 'vitest';
import type { ScheduledDeps } from '../../../supabase/functions/_shared/scheduled-function.ts';
import { handle, type Service } from '../../../supabase/functions/sms-reminders/handler.ts';
import type { Outbox } from '../../../supabase/functions/sms-reminders/outbox.ts';
import type { ClaimedMessage } from '../../../supabase/functions/sms-reminders/claimed-message.ts';
import { createDatabase, deps, messages, NOW } from '../support/runs.ts';

/** The calls that the platform and the next run received. */
type Outside = { works: Promise<void>[]; lines: string[]; started: object[] };

/** Calls the function with messages to send; a run of it claims two. */
async function call(batches: ClaimedMessage[][], body: object = {}) {
  const { outbox } = createDatabase(batches);
  const outside: Outside = { works: [], lines: [], started: [] };
  const unused = () => Promise.reject(new Error('not used'));
  const openOutbox = (): Outbox => ({
    ...outbox,
    startRun: () => Promise.resolve({ ok: true, value: 'run-1' }),
    preview: unused,
  });
  const handlerDeps: ScheduledDeps<Service> = {
    authorize: () => Promise.resolve({ ok: true, caller: 'operator' }),
    service: {
      ok: true,
      value: { ...deps(outbox, { runLimit: 2 }), allowFakeClock: true, openOutbox },
    },
    now: () => NOW.getTime(),
    log: (line) => outside.lines.push(line),
    waitUntil: (work) => outside.works.push(work),
    startNext: (command) => Promise.resolve(void outside.started.push(command)),
  };
  const request = new Request('https://barkbook.test', {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const { status } = await handle(request, handlerDeps);
  return { status, ...outside };
}

test('the answer does not wait for the run, but the platform does', async () => {
  const { status, works, lines } = await call([messages(1)]);
  expect([status, works.length, lines]).toEqual([202, 1, []]);

  await works[0];
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ run_id: 'run-1', sent: 1 });
});

test('a run that stopped at its limit starts another one with the same time', async () => {
  const { works, started } = await call([messages(2)], { at: '2026-11-24T16:00Z' });
  await works[0];
  expect(started)
    .toEqual([{ at: '2026-11-24T16:00:00.000Z', goOn: true, planAfter: null }]);
});

test('a run that goes on plans after the salon that it is told, or nothing', async () => {
  const planAfter = '7b1c5b52-8f0e-4c3a-9d43-0c1f0a6b2f11';
  const planned = async (body: object) => {
    const { works, lines } = await call([messages(1)], body);
    await works[0];
    return JSON.parse(lines[0] ?? '').planned;
  };
  expect(await planned({ goOn: true, planAfter })).toBe(1);
  expect(await planned({ goOn: true })).toBe(0);
});

test.each([7, '', 'salon-7'])('a salon after which to plan cannot be %j', async (planAfter) => {
  expect((await call([], { goOn: true, planAfter })).status).toBe(400);
});

test('a run that sent everything starts no other', async () => {
  const { works, started } = await call([messages(1)]);
  await works[0];
  expect(started).toEqual([]);
});

test('a refusal says which variable to set', async () => {
  const lines: string[] = [];
  const response = await handle(new Request('https://barkbook.test', { method: 'POST' }), {
    authorize: () => Promise.resolve({ ok: true, caller: 'operator' }),
    service: { ok: false, variable: 'SMSAPI_TOKEN' },
    now: () => NOW.getTime(),
    log: (line) => lines.push(line),
    waitUntil: () => {},
    startNext: () => Promise.resolve(),
  });
  expect(await response.json())
    .toMatchObject({ ok: false, hint: 'Set this variable of the function: SMSAPI_TOKEN' });
  expect(lines.map((line) => JSON.parse(line))).toEqual([{
    ts: '2026-11-23T16:00:00.000Z',
    level: 'error',
    msg: 'run refused: SMSAPI_TOKEN',
    code: 'server_misconfigured',
  }]);
});
