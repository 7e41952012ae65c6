import { describe, expect, test } from 'vitest';
import { fromHex, sha256Hex, toHex } from '../../../shared/text/hex.ts';
import { literalPattern } from '../../../shared/text/literal-pattern.ts';
import { nonEmpty, truncate } from '../../../shared/text/truncate.ts';
import { isUuid } from '../../../shared/text/uuid.ts';

describe('hexadecimal', () => {
  test('is read in either case, and written in lower case with two digits a byte', () => {
    const bytes = Uint8Array.from([0, 1, 15, 16, 127, 128, 255]);
    expect(toHex(bytes.buffer)).toBe('00010f107f80ff');
    expect(fromHex('00010f107f80ff')).toEqual(bytes);
    expect(fromHex('00010F107F80FF')).toEqual(bytes);
    expect(fromHex('')).toHaveLength(0);
  });

  test('is how a SHA-256 is written', async () => {
    expect(await sha256Hex(new TextEncoder().encode('abc')))
      .toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

test('every character of a pattern that means more than itself is escaped', () => {
  expect(literalPattern('\\^$.*+?()[]{}|')).toBe(
    '\\\\\\^\\$\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|',
  );
  expect(literalPattern('Żółw-7_a/b')).toBe('Żółw-7_a/b');
});

describe('a text', () => {
  test('is trimmed, and none if it is blank or no text', () => {
    expect(nonEmpty('  a b ')).toBe('a b');
    expect(['', ' \n\t', null, undefined, 7, ['a'], {}].map(nonEmpty)).toEqual(Array(7).fill(null));
  });

  test('is cut to a number of characters, counted after it is trimmed', () => {
    expect(truncate(3, ' abc ')).toBe('abc');
    expect(truncate(3, 'abcd')).toBe('abc');
    expect(truncate(3, ' ')).toBeNull();
    expect(truncate(3, 4)).toBeNull();
  });

  test('is never cut within a character', () => {
    expect(truncate(3, '🐩🐩🐩')).toBe('🐩🐩🐩');
    expect(truncate(3, '🐩🐩🐩🐩')).toBe('🐩🐩🐩');
    expect(truncate(3, 'a🐩b🐩')).toBe('a🐩b');
  });
});

const UUID = '0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0';

test('a UUID is one of any version in lower case, and nothing around it', () => {
  expect([UUID, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'].map(
    isUuid,
  )).toEqual([true, true, true]);
});

test.each([
  UUID.toUpperCase(),
  ` ${UUID}`,
  `${UUID} `,
  `a${UUID}`,
  `${UUID}0`,
  UUID.slice(0, -1),
  UUID.slice(1),
  UUID.replaceAll('-', ''),
  UUID.replace('4f50-', ''),
  UUID.replace('4f50', '4f5'),
  UUID.replace('4f50', '4f5g'),
  UUID.replace('0b1c', '0b1g'),
  UUID.replace('e9f0', 'e9fg'),
  '',
])('%j is no UUID', (text) => {
  expect(isUuid(text)).toBe(false);
});
