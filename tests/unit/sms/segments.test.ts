import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSegments } from '../../../shared/sms/segments.ts';

/** The basic table of GSM 03.38 in its order, without the escape to the second one. */
const GSM_BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_ESCAPED = '^{}\\[~]|€\f';

const a = (count: number) => 'a'.repeat(count);

describe('a text of GSM-7', () => {
  test.each([
    ['nothing', '', 1],
    ['160 characters', a(160), 1],
    ['161 characters', a(161), 2],
    ['306 characters', a(306), 2],
    ['307 characters', a(307), 3],
    ['158 and a euro, which counts twice', `${a(158)}€`, 1],
    ['159 and a euro', `${a(159)}€`, 2],
    ['a euro that would be split between two messages', `${a(152)}€${a(152)}`, 3],
  ])('takes so many messages: %s', (_form, text, segments) => {
    expect(countSegments(text)).toEqual({ encoding: 'GSM-7', segments });
  });

  test('may have any character of the two tables', () => {
    expect(countSegments(GSM_BASIC + GSM_ESCAPED).encoding).toBe('GSM-7');
  });

  test('is packed as the standard says', () => {
    const text = fc.string({ unit: fc.constantFrom(...GSM_BASIC + GSM_ESCAPED), maxLength: 700 });
    fc.assert(fc.property(text, (body) => {
      expect(countSegments(body).segments).toBe(packed(Array.from(body)));
    }));
  });
});

describe('a text of UCS-2', () => {
  test.each([
    ['70 characters', `${a(69)}ą`, 1],
    ['71 characters', `${a(70)}ą`, 2],
    ['134 characters', `${a(133)}ą`, 2],
    ['135 characters', `${a(134)}ą`, 3],
    ['35 dogs', '🐶'.repeat(35), 1],
    ['36 dogs', '🐶'.repeat(36), 2],
  ])('takes so many messages: %s', (_form, text, segments) => {
    expect(countSegments(text)).toEqual({ encoding: 'UCS-2', segments });
  });

  test.each(Array.from('ąćęłńóśźżĄĆĘŁŃÓŚŹŻç`„”“’–—…°\u00a0\u202f'))('is any with %j', (letter) => {
    expect(countSegments(letter).encoding).toBe('UCS-2');
  });
});

/** Septets into messages of 160, or of 153 each, without splitting an escaped character. */
function packed(characters: string[]): number {
  const sizes = characters.map((character) => GSM_ESCAPED.includes(character) ? 2 : 1);
  if (sizes.reduce((sum, size) => sum + size, 0) <= 160) return 1;
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > 153) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
