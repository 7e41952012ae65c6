import { expect } from 'vitest';
import type { OutgoingSms } from '../../../supabase/functions/sms-reminders/providers/provider.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What an adapter asked of its provider. */
export type Asked = { url: string; init: RequestInit; form: URLSearchParams; headers: Headers };

/** A provider that answers everything alike, and what it was asked. */
export type FakeProvider = { fetch: typeof fetch; asked: Asked[] };

/** Answers with text or, if it is no text, JSON. */
export function fakeProvider(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): FakeProvider {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: (url, init = {}) => {
      const form = init.body instanceof URLSearchParams ? init.body : new URLSearchParams();
      asked.push({ url: String(url), init, form, headers: new Headers(init.headers) });
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return Promise.resolve(new Response(text, { status, headers }));
    },
  };
}

/** The only request a provider got. */
export function onlyAsked({ asked }: FakeProvider): Asked {
  expect(asked).toHaveLength(1);
  const [request] = asked;
  if (request === undefined) throw new Error('nothing was asked');
  return request;
}

/** An SMS to Zofia, of use for six hours more. */
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
