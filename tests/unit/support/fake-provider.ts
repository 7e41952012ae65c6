import { expect } from 'vitest';
import type { OutgoingSms } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import {
  createSmsapiProvider,
  type SmsapiConfig,
} from '../../../supabase/functions/sms-reminders/providers/smsapi.ts';
import {
  createTwilioProvider,
  type TwilioConfig,
} from '../../../supabase/functions/sms-reminders/providers/twilio.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A request that an adapter sent to its provider. */
export type SentRequest = {
  url: string;
  init: RequestInit;
  form: URLSearchParams;
  headers: Headers;
};

/** A provider that always gives the same answer, and the requests it received. */
export type FakeProvider = { fetch: typeof fetch; requests: SentRequest[] };

/** A provider whose answer is a text, or anything else as JSON. */
export function fakeProvider(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): FakeProvider {
  const requests: SentRequest[] = [];
  return {
    requests,
    fetch: (url, init = {}) => {
      const form = init.body instanceof URLSearchParams ? init.body : new URLSearchParams();
      requests.push({ url: String(url), init, form, headers: new Headers(init.headers) });
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return Promise.resolve(new Response(text, { status, headers }));
    },
  };
}

/** The only request that a provider received. */
export function onlyRequest({ requests }: FakeProvider): SentRequest {
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('there was no request');
  return request;
}

/** SMSAPI's adapter with a plain configuration. */
export function smsapi(fetch: SmsapiConfig['fetch'], changes: Partial<SmsapiConfig> = {}) {
  return createSmsapiProvider({
    token: 'smsapi-token',
    baseUrl: 'https://smsapi.test',
    sender: 'BarkBook',
    callbackUrl: null,
    timeoutMs: 1000,
    fetch,
    ...changes,
  });
}

/** Twilio's adapter with a plain configuration. */
export function twilio(fetch: TwilioConfig['fetch'], changes: Partial<TwilioConfig> = {}) {
  return createTwilioProvider({
    accountSid: 'AC1',
    authToken: 'twilio-token',
    from: '+48799000111',
    messagingServiceSid: null,
    baseUrl: 'https://twilio.test',
    callbackUrl: null,
    timeoutMs: 1000,
    fetch,
    ...changes,
  });
}

/** An SMS to Zofia that expires in six hours. */
export function sms(overrides: Partial<OutgoingSms> = {}): OutgoingSms {
  return {
    id: '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11',
    to: '+48501220314',
    body: 'Przypomnienie: wizyta jutro o 14:00. Psia Lapa',
    encoding: 'GSM-7',
    sender: null,
    expiresAt: new Date(Date.now() + 6 * HOUR_MS),
    ...overrides,
  };
}
