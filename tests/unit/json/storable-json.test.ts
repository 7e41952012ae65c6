import { expect, test } from 'vitest';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { toStorableJson } from '../../../shared/json/storable-json.ts';

function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

test('ordinary JSON is returned itself, not copied', () => {
  const value = { text: 'Żółć 🐩', list: [1, true, null, { deep: -0.5 }] };
  const stored = toStorableJson(value);
  expect(stored).toEqual({ value, complete: true });
  expect(stored.value).toBe(value);
});

test('unwanted members are left out at every level, and nothing else is', () => {
  const value = { ics: 1, list: [{ ics: { deep: 'ics' }, kept: 'ics' }] };
  expect(toStorableJson(value, new Set(['ics'])))
    .toEqual({ value: { list: [{ kept: 'ics' }] }, complete: true });
});

test('NUL and lone surrogates become the replacement character, in values and in keys', () => {
  expect(toStorableJson({ 'a\0': '\0x\uD83D' }).value).toEqual({ 'a\uFFFD': '\uFFFDx\uFFFD' });
});

test('a key named __proto__ stays an ordinary key', () => {
  const { value } = toStorableJson(JSON.parse('{"__proto__":{"admin":true}}'));
  expect(JSON.stringify(value)).toBe('{"__proto__":{"admin":true}}');
});

test('numbers beyond the range of JSON become null', () => {
  expect(toStorableJson(JSON.parse('[1e999]')).value).toEqual([null]);
});

test('64 levels are kept', () => {
  expect(toStorableJson(nested(64)).complete).toBe(true);
});

test('deeper levels are reported as left out', () => {
  expect(toStorableJson(nested(65)).complete).toBe(false);
});

test('256 KiB of opening brackets are read without a stack overflow', () => {
  const text = '['.repeat(128 * 1024) + ']'.repeat(128 * 1024);
  expect(parseDelivery(text)).toMatchObject({
    kind: 'invalid',
    code: 'invalid_payload',
    payload: { raw: text },
  });
});
