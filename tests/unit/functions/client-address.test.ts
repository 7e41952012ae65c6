import { expect, test } from 'vitest';
import { clientAddress } from '../../../supabase/functions/_shared/client-address.ts';

const address = (headers: Record<string, string>) => clientAddress(new Headers(headers));

test('the address that Cloudflare saw counts, whatever the caller says', () => {
  expect(
    address({ 'cf-connecting-ip': '203.0.113.7', 'x-forwarded-for': 'made-up, 10.0.0.1' }),
  ).toBe('203.0.113.7');
});

test('without Cloudflare the hop counts that the nearest proxy appended', () => {
  expect(address({ 'x-forwarded-for': 'made-up, 203.0.113.7' })).toBe('203.0.113.7');
});

test('a request without any address has an empty one', () => {
  expect(address({})).toBe('');
});

test('an address of any length takes little memory', () => {
  expect(address({ 'x-forwarded-for': 'a'.repeat(10_000) })).toHaveLength(64);
});
