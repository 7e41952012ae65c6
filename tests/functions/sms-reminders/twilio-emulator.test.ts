import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  OutgoingSms,
  SmsProvider,
} from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { createTwilioProvider } from '../../../supabase/functions/sms-reminders/providers/twilio.ts';
import { readTwilioCallback } from '../../../supabase/functions/sms-status/twilio-callback.ts';
import { verifyTwilioSignature } from '../../../supabase/functions/sms-status/twilio-signature.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import { startTwilioServer, type TwilioServer } from '../../support/twilio-server.ts';

const MINUTE_MS = 60_000;
const ID = '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11';

type Posted = { url: string; form: URLSearchParams; signature: string | null };

let posted: Posted[];
let receiver: LoopbackServer;
let twilio: TwilioServer;

beforeAll(async () => {
  receiver = await startLoopbackServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const signature = request.headers['x-twilio-signature'];
    posted.push({
      url: `${receiver.url}${request.url}`,
      form,
      signature: typeof signature === 'string' ? signature : null,
    });
    response.writeHead(204).end();
  });
  twilio = await startTwilioServer(`${receiver.url}/inbound`);
});
afterAll(async () => {
  await twilio.stop();
  await receiver.stop();
});
beforeEach(() => {
  posted = [];
});

function provider(authToken = twilio.authToken): SmsProvider {
  return createTwilioProvider({
    accountSid: twilio.accountSid,
    authToken,
    from: twilio.from,
    messagingServiceSid: null,
    baseUrl: twilio.url,
    callbackUrl: `${receiver.url}/status`,
    timeoutMs: 5_000,
    fetch,
  });
}

function sms(overrides: Partial<OutgoingSms> = {}): OutgoingSms {
  return {
    id: ID,
    to: '+48501220314',
    body: 'Wizyta jutro, wtorek 24.11 o 14:00 (Reksio). Psia Łapa',
    encoding: 'UCS-2',
    sender: null,
    expiresAt: new Date(Date.now() + 60 * MINUTE_MS),
    ...overrides,
  };
}

/** Sends a message and returns the SID Twilio gave it. */
async function send(overrides: Partial<OutgoingSms> = {}): Promise<string> {
  const result = await provider().send(sms(overrides));
  expect(result).toEqual({ kind: 'accepted', providerMessageId: expect.stringMatching(/^SM/) });
  return result.kind === 'accepted' ? result.providerMessageId ?? '' : '';
}

test('a message arrives as it was written', async () => {
  const sid = await send();
  expect((await twilio.messages())[0]).toMatchObject({
    sid,
    to: '+48501220314',
    from: twilio.from,
    body: 'Wizyta jutro, wtorek 24.11 o 14:00 (Reksio). Psia Łapa',
  });
});

test('a wrong token is about the account', async () => {
  expect(await provider('wrong').send(sms())).toEqual({ kind: 'account', code: '20003' });
});

test('an invalid number is about the message', async () => {
  expect(await provider().send(sms({ to: '+48' })))
    .toEqual({ kind: 'permanent', code: '21201', optOut: false });
});

describe('the look-up', () => {
  test('finds a message that was sent', async () => {
    const body = 'Wizyta jutro o 10:00';
    const sid = await send({ body });
    await send({ body: 'Wizyta jutro o 11:00' });
    expect(await provider().lookUp?.({ to: '+48501220314', body, since: new Date() }))
      .toEqual({ kind: 'found', providerMessageId: sid });
  });

  test.each([
    ['to another number', { to: '+48501220315' }],
    ['with another text', { body: 'Wizyta jutro o 13:00' }],
    ['so late', { since: new Date(Date.now() + 5 * MINUTE_MS) }],
  ])('does not find a message %s', async (_what, difference) => {
    const body = 'Wizyta jutro o 12:00';
    await send({ body });
    const sought = { to: '+48501220314', body, since: new Date(), ...difference };
    expect(await provider().lookUp?.(sought)).toEqual({ kind: 'not_found' });
  });

  test('reports a refused look-up', async () => {
    expect(await provider('wrong').lookUp?.({ to: '+48501220314', body: '', since: new Date() }))
      .toEqual({ kind: 'unavailable', code: 'http_401' });
  });
});

describe('a post that the emulator signed', () => {
  async function lastPosted(): Promise<Posted & { verified: boolean; forged: boolean }> {
    const last = posted.at(-1);
    if (last === undefined) throw new Error('nothing was posted');
    const { authToken } = twilio;
    return {
      ...last,
      verified: await verifyTwilioSignature({ ...last, authToken }),
      forged: await verifyTwilioSignature({ ...last, authToken: 'wrong' }),
    };
  }

  test('about a status is verified and names our message', async () => {
    const sid = await send();
    await twilio.simulateStatus(sid, 'delivered');
    const { url, form, verified, forged } = await lastPosted();
    expect({ verified, forged }).toEqual({ verified: true, forged: false });
    expect(readTwilioCallback(form, new URL(url).searchParams.get('message'))).toEqual({
      kind: 'receipt',
      receipt: {
        messageId: ID,
        providerMessageId: sid,
        status: 'delivered',
        providerStatus: 'delivered',
        code: null,
        at: null,
      },
    });
  });

  test("about a person's STOP is verified and opts out", async () => {
    await twilio.simulateInbound('+48501220314', 'Stop');
    const { form, verified, forged } = await lastPosted();
    expect({ verified, forged }).toEqual({ verified: true, forged: false });
    expect(readTwilioCallback(form, null)).toEqual({ kind: 'opt_out', phone: '+48501220314' });
  });
});
