import { afterEach, expect, test, vi } from 'vitest';
import { hmacKey } from '../../../shared/calcom/hmac-key.ts';

const importKey = vi.spyOn(crypto.subtle, 'importKey');

afterEach(() => importKey.mockClear());

test('a secret is imported once', async () => {
  const key = await hmacKey('imported once');
  expect(await hmacKey('imported once')).toBe(key);
  expect(importKey).toHaveBeenCalledTimes(1);
});

test('each secret has a key of its own', async () => {
  expect(await hmacKey('one secret')).not.toBe(await hmacKey('another secret'));
});

test('the key imported first is forgotten when there are too many', async () => {
  const first = await hmacKey('forgotten');
  for (let i = 0; i < 2_000; i++) await hmacKey(`secret ${i}`);
  const last = await hmacKey('secret 1999');
  importKey.mockClear();

  expect(await hmacKey('forgotten')).not.toBe(first);
  expect(await hmacKey('secret 1999')).toBe(last);
  expect(importKey).toHaveBeenCalledTimes(1);
});

test('an empty secret has no key', async () => {
  await expect(hmacKey('')).rejects.toThrow(RangeError);
});
