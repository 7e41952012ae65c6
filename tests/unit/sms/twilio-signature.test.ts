import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyTwilioSignature } from '../../../supabase/functions/sms-status/twilio-signature.ts';

const AUTH_TOKEN = 'twilio-token';
const URL_SIGNED = 'https://barkbook.test/functions/v1/sms-status/twilio?message=a-1';
const FORM = { MessageStatus: 'delivered', MessageSid: 'SM1', To: '+48501220314' };
const SORTED = 'MessageSidSM1MessageStatusdeliveredTo+48501220314';

/** Signs like Twilio, without any of our code. */
function sign(text: string, authToken = AUTH_TOKEN): string {
  return createHmac('sha1', authToken).update(text).digest('base64');
}

async function verified(
  signature: string | null,
  { url = URL_SIGNED, form = new URLSearchParams(FORM) } = {},
): Promise<boolean> {
  return await verifyTwilioSignature({ url, form, signature, authToken: AUTH_TOKEN });
}

describe('a right signature', () => {
  test("is that of Twilio's own example", async () => {
    const form = new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    });
    expect(
      await verifyTwilioSignature({
        url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
        form,
        signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
        authToken: '12345',
      }),
    ).toBe(true);
  });

  test('covers the address and the sorted parameters', async () => {
    expect(await verified(sign(URL_SIGNED + SORTED))).toBe(true);
  });

  test('covers an address alone', async () => {
    expect(await verified(sign(URL_SIGNED), { form: new URLSearchParams() })).toBe(true);
  });

  test('covers empty values, spaces at their ends and letters beyond ASCII', async () => {
    const form = new URLSearchParams({ Body: ' Dziękuję ', MessagingServiceSid: '' });
    expect(await verified(sign(`${URL_SIGNED}Body Dziękuję MessagingServiceSid`), { form }))
      .toBe(true);
  });

  test('covers each different value of a name once, sorted', async () => {
    const form = new URLSearchParams([['a', '2'], ['A', 'x'], ['a', '1'], ['a', '2']]);
    expect(await verified(sign(`${URL_SIGNED}Axa1a2`), { form })).toBe(true);
  });

  test.each([
    ['https://barkbook.test/s?m=1', 'https://barkbook.test:443/s?m=1'],
    ['https://barkbook.test:443/s?m=1', 'https://barkbook.test/s?m=1'],
    ['http://barkbook.test/s', 'http://barkbook.test:80/s'],
    ['http://127.0.0.1:54321/s', 'http://127.0.0.1/s'],
    ['http://127.0.0.1:54321/s', 'http://127.0.0.1:54321/s'],
  ])('of a post to %s may be made over %s', async (url, signedUrl) => {
    expect(await verified(sign(signedUrl + SORTED), { url })).toBe(true);
  });
});

describe('a signature is wrong', () => {
  const right = sign(URL_SIGNED + SORTED);

  test.each([
    ['when there is none', null],
    ['when it is empty', ''],
    ['in hexadecimal', Buffer.from(right, 'base64').toString('hex')],
    ['when it is cut', right.slice(0, -2)],
    ['under another token', sign(URL_SIGNED + SORTED, 'another-token')],
    ['with nothing but the right form', `${'A'.repeat(27)}=`],
    ['over another path', sign(URL_SIGNED.replace('twilio', 'smsapi') + SORTED)],
    ['over another query', sign(URL_SIGNED.replace('a-1', 'a-2') + SORTED)],
    ['over another host', sign(URL_SIGNED.replace('barkbook', 'evil') + SORTED)],
    ['over another port', sign(URL_SIGNED.replace('.test/', '.test:8443/') + SORTED)],
    [
      'over unsorted parameters',
      sign(`${URL_SIGNED}MessageStatusdeliveredMessageSidSM1To+48501220314`),
    ],
  ])('%s', async (_form, signature) => expect(await verified(signature)).toBe(false));

  test.each([
    ['changed', { ...FORM, MessageStatus: 'failed' }],
    ['added', { ...FORM, ErrorCode: '30003' }],
  ])('after a value was %s', async (_change, form) => {
    expect(await verified(right, { form: new URLSearchParams(form) })).toBe(false);
  });
});

test('an empty token never verifies', async () => {
  const signed = { url: URL_SIGNED, form: new URLSearchParams(), authToken: '' };
  const signature = sign(URL_SIGNED, ' ');
  await expect(verifyTwilioSignature({ ...signed, signature })).rejects.toThrow(RangeError);
});
