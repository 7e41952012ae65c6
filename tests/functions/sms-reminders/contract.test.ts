import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import {
  createDueReminders,
  minutesFromNow,
  readMessages,
  type Reminders,
  startReminders,
  tomorrowAt,
} from '../support/sms-reminders.ts';

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

let reminders: Reminders;

beforeAll(async () => {
  reminders = await startReminders({ SMS_ALLOW_FAKE_CLOCK: undefined });
});
afterAll(() => reminders.stop());
beforeEach(() => forgetReminders(reminders.database));

async function runs(): Promise<unknown[]> {
  return await reminders.database.query('select id from public.sms_runs');
}

function post(body: BodyInit | null): Promise<{ status: number; body: unknown; text: string }> {
  const headers = { apikey: reminders.api.secretKey };
  return reminders.request({ method: 'POST', headers, body });
}

describe('a run', () => {
  test('is answered before it has done its work', async () => {
    await createDueReminders(reminders.database, 3);
    const held = reminders.gate.hold('sms_plan', 'call');
    expect(await reminders.call()).toMatchObject({ status: 202, body: { ok: true, runId: UUID } });
    await held.reached;
    expect(await readMessages(reminders.database)).toEqual([]);
    held.release();
    await expect.poll(async () => (await readMessages(reminders.database)).map((m) => m.status))
      .toEqual(['sent', 'sent', 'sent']);
  });

  test('is recorded with its counts', async () => {
    await createDueReminders(reminders.database, 3);
    expect(await reminders.run()).toEqual({
      id: UUID,
      error: null,
      counts: {
        planned: 3,
        skipped: 0,
        broken: 0,
        claimed: 3,
        sent: 3,
        retried: 0,
        failed: 0,
        unknown: 0,
        dropped: 0,
        ms: expect.any(Number),
      },
    });
  });

  test('has one line in the log', async () => {
    await createDueReminders(reminders.database, 1);
    const { id } = await reminders.run();
    const line = () => reminders.output().split('\n').find((text) => text.includes(id));
    await expect.poll(line).toBeDefined();
    expect(JSON.parse(line() ?? '')).toMatchObject({
      level: 'info',
      msg: 'run finished',
      run_id: id,
      provider: 'log',
      sent: 1,
      code: null,
    });
  });

  test('prints the messages of the provider `log` with the phone masked', async () => {
    await createDueReminders(reminders.database, 1);
    await reminders.run();
    expect(reminders.output()).toMatch(/^\+48•••••000 \| Przypominamy o wizycie jutro .*$/m);
    expect(reminders.output()).not.toContain('600100000');
  });

  test('with nothing to do makes five database calls', async () => {
    const before = reminders.api.restRequests();
    expect(await reminders.run()).toMatchObject({ counts: { planned: 0, claimed: 0 } });
    expect(reminders.api.restRequests() - before).toBe(5);
  });
});

describe('a dry run', () => {
  test('shows what would be sent and writes nothing', async () => {
    const { salonId } = await createDueReminders(reminders.database, 1);
    const { status, body } = await reminders.call({ dryRun: true });
    expect(status).toBe(200);
    expect(body).toEqual({
      ok: true,
      reminders: [{
        kind: 'reminder',
        salonId,
        salon: 'Psia Łapa',
        timezone: 'Europe/Warsaw',
        client: 'Anna',
        appointments: [{ startTime: expect.any(String), pet: 'Reksio' }],
        sendAt: expect.any(String),
        notAfter: expect.any(String),
        phone: '+48•••••000',
        body: expect.stringMatching(/^Przypominamy o wizycie jutro .* \(Reksio\)\. Psia Lapa$/),
        segments: 1,
        skipReason: null,
      }],
    });
    expect(await readMessages(reminders.database)).toEqual([]);
    expect(await runs()).toEqual([]);
  });

  test('at another time is allowed', async () => {
    await createDueReminders(reminders.database, 1);
    expect(await reminders.call({ dryRun: true, at: tomorrowAt('12:01') }))
      .toMatchObject({ status: 200, body: { reminders: [] } });
  });

  test.each([
    ['without consent', 'has_gdpr_consent = false', 'no_consent'],
    ['without a number', `phone_number = 'abc'`, 'no_phone'],
    ['with a landline', `phone_number = '22 123 45 67'`, 'not_mobile'],
  ])('says why a client %s gets no reminder', async (_what, change, skipReason) => {
    await createDueReminders(reminders.database, 1);
    await reminders.database.query(`update public.clients set ${change}`);
    expect(await reminders.call({ dryRun: true }))
      .toMatchObject({ body: { reminders: [{ body: null, segments: null, skipReason }] } });
  });
});

describe('the method', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is not allowed',
    async (method) => {
      const headers = { apikey: reminders.api.secretKey };
      const { status, headers: answered } = await reminders.request({ method, headers });
      expect(status).toBe(405);
      expect(answered.get('allow')).toBe('POST');
    },
  );
});

test('a caller without a key starts nothing', async () => {
  await createDueReminders(reminders.database, 1);
  const { status } = await reminders.request({ method: 'POST', body: '{}' });
  expect(status).toBe(401);
  expect(await runs()).toEqual([]);
  expect(await readMessages(reminders.database)).toEqual([]);
});

describe('a body', () => {
  afterEach(async () => {
    expect(await runs()).toEqual([]);
  });

  test.each([
    ['half of a JSON', '{"dryRun":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"dryRun"'],
    ['a form', 'dryRun=true'],
    ['a dryRun of another type', '{"dryRun":"yes"}'],
    ['a time in words', '{"at":"jutro"}'],
    ['a time of another type', '{"at":1795449600000}'],
    ['a time without zone', '{"at":"2026-11-23T17:00:00"}'],
    ['a time that does not exist', '{"at":"2026-11-23T25:00:00Z"}'],
  ])('that is %s is refused', async (_what, text) => {
    expect(await post(text))
      .toMatchObject({ status: 400, body: { ok: false, code: 'invalid_request' } });
  });

  test('that is too large is refused', async () => {
    expect(await post(' '.repeat(5000)))
      .toMatchObject({ status: 413, body: { ok: false, code: 'payload_too_large' } });
  });

  test('cannot set the clock of a real run', async () => {
    expect(await post(JSON.stringify({ at: minutesFromNow(60) })))
      .toMatchObject({ status: 400, body: { ok: false, code: 'clock_not_allowed' } });
  });
});

test('the body is optional', async () => {
  expect(await post(null)).toMatchObject({ status: 202 });
});
