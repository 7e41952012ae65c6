import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CALLBACK_SECRET,
  createDueReminders,
  readMessages,
  type Reminders,
  startReminders,
} from '../support/sms-reminders.ts';

const SMSAPI = {
  SMS_PROVIDER: 'smsapi',
  SMSAPI_TOKEN: 'a-token-of-the-provider',
  SMSAPI_CALLBACK_SECRET: CALLBACK_SECRET,
};

const TWILIO = {
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: 'ACb4bb00c0b4bb00c0b4bb00c0b4bb00c0',
  TWILIO_AUTH_TOKEN: 'a-token-of-the-provider',
};

let reminders: Reminders;

beforeAll(async () => {
  reminders = await startReminders();
  await createDueReminders(reminders.database);
});
afterAll(() => reminders.stop());

describe('without its configuration', () => {
  test.each<[variable: string, env: Record<string, string | undefined>]>([
    ['SMS_PROVIDER', { SMS_PROVIDER: undefined }],
    ['SMS_PROVIDER', { SMS_PROVIDER: 'pigeon' }],
    ['SMSAPI_TOKEN', { ...SMSAPI, SMSAPI_TOKEN: undefined }],
    ['TWILIO_FROM', TWILIO],
    ['SMS_LEASE_SECONDS', { SMS_LEASE_SECONDS: '20' }],
    ['SUPABASE_URL', { SUPABASE_URL: undefined }],
    ['SUPABASE_SECRET_KEYS', {
      SUPABASE_SECRET_KEYS: undefined,
      SUPABASE_SERVICE_ROLE_KEY: undefined,
    }],
  ])('the function names %s and claims nothing', async (variable, env) => {
    await reminders.reconfigure(env);
    const [outputBefore, requestsBefore] = [reminders.output(), reminders.api.restRequests()];
    const { status, body } = await reminders.call();
    expect({ status, body }).toMatchObject({
      status: 500,
      body: { ok: false, code: 'server_misconfigured', hint: expect.stringContaining(variable) },
    });
    await expect.poll(() => reminders.output().slice(outputBefore.length))
      .toContain(`"msg":"run refused: ${variable}"`);
    expect(reminders.api.restRequests()).toBe(requestsBefore);
    expect(await readMessages(reminders.database)).toEqual([]);
  });
});

describe('without its database', () => {
  beforeAll(() => reminders.reconfigure({}));

  test.each([{}, { dryRun: true }])('the function says so to %j', async (body) => {
    reminders.gate.refuse('sms_start_run');
    reminders.gate.refuse('sms_preview');
    const { status, headers, body: answered } = await reminders.call(body);
    expect({ status, answered }).toMatchObject({
      status: 503,
      answered: { ok: false, code: 'database_unavailable' },
    });
    expect(headers.get('retry-after')).toBe('30');
    reminders.gate.admit('sms_start_run');
  });

  test('a run that can neither recover messages nor plan ends and says why', async () => {
    for (const rpc of ['sms_recover_and_expire', 'sms_plan', 'sms_claim']) {
      reminders.gate.refuse(rpc);
    }
    expect(await reminders.run()).toMatchObject({ error: 'unreachable', counts: { claimed: 0 } });
    for (const rpc of ['sms_recover_and_expire', 'sms_plan', 'sms_claim']) {
      reminders.gate.admit(rpc);
    }
  });

  test('the next run sends the reminder', async () => {
    expect(await reminders.run()).toMatchObject({ error: null, counts: { sent: 1 } });
  });
});
