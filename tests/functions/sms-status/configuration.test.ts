import { afterEach, expect, test } from 'vitest';
import { type SmsStatus, startStatus } from '../support/sms-status.ts';

let status: SmsStatus;

afterEach(() => status.stop());

const MISCONFIGURED = { status: 500, text: '{"ok":false,"code":"server_misconfigured"}' };

test.each<[variable: string, env: Record<string, string | undefined>]>([
  ['SMSAPI_CALLBACK_SECRET', { SMSAPI_CALLBACK_SECRET: undefined }],
  ['SUPABASE_URL', { SUPABASE_URL: undefined }],
  ['SUPABASE_SECRET_KEYS', {
    SUPABASE_SECRET_KEYS: undefined,
    SUPABASE_SERVICE_ROLE_KEY: undefined,
  }],
])('without %s nothing of SMSAPI is accepted', async (variable, env) => {
  status = await startStatus(env);
  expect(await status.report({ MsgId: 'm1', status: '404' })).toMatchObject(MISCONFIGURED);
  await expect.poll(() => status.output()).toContain(`"msg":"report refused: ${variable}"`);
});

test.each<[variable: string, env: Record<string, string | undefined>]>([
  ['TWILIO_AUTH_TOKEN', { TWILIO_AUTH_TOKEN: undefined }],
  ['SMS_CALLBACK_PUBLIC_URL', { SMS_CALLBACK_PUBLIC_URL: undefined }],
])('without %s nothing of Twilio is accepted, and all of SMSAPI', async (variable, env) => {
  status = await startStatus(env);
  expect(await status.post({ MessageStatus: 'sent' })).toMatchObject(MISCONFIGURED);
  await expect.poll(() => status.output()).toContain(`"msg":"report refused: ${variable}"`);
  expect(await status.report({ MsgId: 'm1', status: '404' })).toMatchObject({ text: 'OK' });
});
