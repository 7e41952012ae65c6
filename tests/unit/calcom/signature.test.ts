import { describe, expect, test } from 'vitest';
import { parseSecrets, signBody, verifySignature } from '../../../shared/calcom/signature.ts';

const SECRET = 'barkbook-fixture-secret-01';
const BODY = utf8('{"triggerEvent":"PING"}');

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

describe('signing', () => {
  test('gives the HMAC-SHA256 of RFC 4231, test case 2', async () => {
    expect(await signBody(utf8('what do ya want for nothing?'), 'Jefe'))
      .toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  test('refuses an empty secret', async () => {
    await expect(async () => await signBody(BODY, '')).rejects.toThrow(RangeError);
  });
});

describe('a right signature', () => {
  test('returns the text of the body', async () => {
    expect(await verifySignature(BODY, await signBody(BODY, SECRET), [SECRET]))
      .toEqual({ ok: true, text: '{"triggerEvent":"PING"}' });
  });

  test.each([
    ['in upper case', (hex: string) => hex.toUpperCase()],
    ['after sha256=', (hex: string) => `sha256=${hex}`],
    ['with space around it', (hex: string) => ` ${hex} `],
  ])('is accepted %s', async (_form, write) => {
    const header = write(await signBody(BODY, SECRET));
    expect(await verifySignature(BODY, header, [SECRET])).toMatchObject({ ok: true });
  });

  test('is accepted over unusual spacing and characters beyond ASCII', async () => {
    const body = utf8('{ "title" :\n\t"Strzyżenie ✂️" }');
    expect(await verifySignature(body, await signBody(body, SECRET), [SECRET]))
      .toEqual({ ok: true, text: '{ "title" :\n\t"Strzyżenie ✂️" }' });
  });

  test('is accepted over an empty body', async () => {
    const body = utf8('');
    expect(await verifySignature(body, await signBody(body, SECRET), [SECRET]))
      .toEqual({ ok: true, text: '' });
  });
});

describe('rotation', () => {
  test.each(['old-secret', 'new-secret'])('accepts %s while both are listed', async (secret) => {
    const header = await signBody(BODY, secret);
    expect(await verifySignature(BODY, header, ['new-secret', 'old-secret']))
      .toMatchObject({ ok: true });
  });

  test('refuses the old secret once it is removed from the list', async () => {
    const header = await signBody(BODY, 'old-secret');
    expect(await verifySignature(BODY, header, ['new-secret']))
      .toEqual({ ok: false, code: 'signature_mismatch' });
  });

  test('reads the list with or without spaces and ignores empty entries', () => {
    expect(parseSecrets('a, b,')).toEqual(['a', 'b']);
  });

  test.each([undefined, '', ' , '])('finds no secret in %j', (list) => {
    expect(parseSecrets(list)).toEqual([]);
  });

  test.each([[[]], [['']]])('never verifies with the secrets %j', async (secrets) => {
    const header = await signBody(BODY, SECRET);
    await expect(verifySignature(BODY, header, secrets)).rejects.toThrow(RangeError);
  });
});

describe('a wrong signature', () => {
  const hex = 'ab'.repeat(32);

  test.each([
    ['missing', null, 'signature_missing'],
    ['empty', '', 'signature_missing'],
    ['blank', '  ', 'signature_missing'],
    ['the text Cal.com sends without a secret', 'no-secret-provided', 'signature_unsigned'],
    ['one digit short', hex.slice(1), 'signature_malformed'],
    ['one digit long', `${hex}a`, 'signature_malformed'],
    ['not hexadecimal', 'z'.repeat(64), 'signature_malformed'],
    ['base64', btoa('x'.repeat(32)), 'signature_malformed'],
    ['only the prefix', 'sha256=', 'signature_malformed'],
    ['under another algorithm', `sha512=${hex}`, 'signature_malformed'],
    ['two joined by a comma', `${hex}, ${hex}`, 'signature_malformed'],
    ['of the right form but wrong', hex, 'signature_mismatch'],
    ['all zeros', '0'.repeat(64), 'signature_mismatch'],
  ])('is refused when it is %s', async (_form, header, code) => {
    expect(await verifySignature(BODY, header, [SECRET])).toEqual({ ok: false, code });
  });

  test('is refused when half of it is right', async () => {
    const right = await signBody(BODY, SECRET);
    expect(await verifySignature(BODY, right.slice(0, 32) + '0'.repeat(32), [SECRET]))
      .toEqual({ ok: false, code: 'signature_mismatch' });
  });

  test('is detected after one byte of the body changed', async () => {
    const header = await signBody(BODY, SECRET);
    const changed = BODY.slice();
    changed[2] = (changed[2] ?? 0) ^ 1;
    expect(await verifySignature(changed, header, [SECRET]))
      .toEqual({ ok: false, code: 'signature_mismatch' });
  });

  test('is detected after the body was parsed and serialised again', async () => {
    const body = utf8('{"a": 1.0, "b":"\\u017c"}');
    const header = await signBody(body, SECRET);
    const again = utf8(JSON.stringify(JSON.parse('{"a": 1.0, "b":"\\u017c"}')));
    expect(await verifySignature(again, header, [SECRET]))
      .toEqual({ ok: false, code: 'signature_mismatch' });
  });
});
