import { describe, expect, test } from 'vitest';
import type { LookupResult } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { type FakeProvider, fakeProvider, onlyRequest, twilio } from '../support/fake-provider.ts';

const SID = 'SM0123456789abcdef0123456789abcdef';
const SENT_BEFORE = {
  to: '+48501220314',
  body: 'Wizyta jutro o 14:00',
  since: new Date('2026-11-24T00:01:00Z'),
};
const MESSAGE = {
  sid: SID,
  body: 'Wizyta jutro o 14:00',
  to: '+48501220314',
  status: 'delivered',
  date_created: 'Tue, 24 Nov 2026 00:01:02 +0000',
};

async function lookUp({ fetch }: FakeProvider): Promise<LookupResult | undefined> {
  return await twilio(fetch).lookUp?.(SENT_BEFORE);
}

function page(...messages: unknown[]): FakeProvider {
  return fakeProvider(200, { messages, next_page_uri: null });
}

test('the list is requested for the number, from the day of two minutes earlier on', async () => {
  const fake = page();
  await lookUp(fake);
  const { url, headers, init } = onlyRequest(fake);
  const { origin, pathname, searchParams } = new URL(url);
  expect(origin + pathname).toBe('https://twilio.test/2010-04-01/Accounts/AC1/Messages.json');
  expect(Object.fromEntries(searchParams))
    .toEqual({ To: '+48501220314', 'DateSent>': '2026-11-23', PageSize: '50' });
  expect(headers.get('authorization')).toBe(`Basic ${btoa('AC1:twilio-token')}`);
  expect(init).toMatchObject({ redirect: 'manual' });
});

describe('a message is found', () => {
  test.each(['queued', 'sent', 'delivered', 'undelivered', 'failed'])(
    'while it is %s',
    async (status) => {
      expect(await lookUp(page({ ...MESSAGE, status })))
        .toEqual({ kind: 'found', providerMessageId: SID });
    },
  );

  test('if the clock of Twilio is up to two minutes behind', async () => {
    const date_created = 'Mon, 23 Nov 2026 23:59:00 +0000';
    expect(await lookUp(page({ ...MESSAGE, date_created }))).toMatchObject({ kind: 'found' });
  });

  test('among others to the same person', async () => {
    const other = { ...MESSAGE, sid: SID.replace('0', 'f'), body: 'Wizyta jutro o 15:00' };
    expect(await lookUp(page(other, null, 'x', MESSAGE)))
      .toEqual({ kind: 'found', providerMessageId: SID });
  });
});

describe('a message is not found', () => {
  test.each([
    ['there is none', []],
    ['the text differs', [{ ...MESSAGE, body: 'Wizyta jutro o 15:00' }]],
    ['it is older', [{ ...MESSAGE, date_created: 'Mon, 23 Nov 2026 23:58:59 +0000' }]],
    ['its time cannot be read', [{ ...MESSAGE, date_created: null }]],
    ['it has no SID', [{ ...MESSAGE, sid: null }]],
  ])('when %s', async (_reason, messages) => {
    expect(await lookUp(page(...messages))).toEqual({ kind: 'not_found' });
  });
});

describe('the outcome is unknown', () => {
  test('when there are more messages than on the page', async () => {
    expect(await lookUp(fakeProvider(200, { messages: [], next_page_uri: '/2010-04-01/x?Page=1' })))
      .toEqual({ kind: 'unavailable', code: 'too_many_messages' });
  });

  test.each([
    [401, { code: 20003 }, 'http_401'],
    [429, '', 'http_429'],
    [503, '<html></html>', 'http_503'],
    [200, '<html></html>', 'unreadable_answer'],
    [200, { messages: null }, 'unreadable_answer'],
  ])('when Twilio answers %i %j', async (status, body, code) => {
    expect(await lookUp(fakeProvider(status, body))).toEqual({ kind: 'unavailable', code });
  });

  test('when Twilio does not answer', async () => {
    const fetch = () => Promise.reject(new DOMException('Signal timed out.', 'TimeoutError'));
    expect(await lookUp({ fetch, requests: [] })).toEqual({ kind: 'unavailable', code: 'timeout' });
  });
});
