import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, toName, toOneLine, transliterate } from '../../../shared/sms/plain-text.ts';
import { countSegments } from '../../../shared/sms/segments.ts';

/** UTF-16 units that the cleaning handles, so that they often occur together. */
const ODD_CODES = Array.from(
  '\r\n\t\0 a,`´…„–\u00a0\u200d\u0301\u037e\u1fef\u2000',
  (odd) => odd.charCodeAt(0),
);

describe('cleaning', () => {
  test.each([
    ['odd spaces', '14:00\u00a0(za\u202f3\u2009dni\u3000)', '14:00 (za 3 dni )'],
    ['runs of spaces and tabs', ' a \t\u00a0 b ', 'a b'],
    ['dashes', '10\u201312 \u2014 a\u2011b \u2212 c', '10-12 - a-b - c'],
    ['double quotes', '„Reksio” “Burek” «Azor»', '"Reksio" "Burek" "Azor"'],
    ['single quotes', '‚a’ ‘b’ `c` d´', "'a' 'b' 'c' d'"],
    ['dots', 'Psia Łapa…', 'Psia Łapa...'],
    ['invisible characters', '\ufeffPsi\u200ba\u00ad\u2060 \u202aŁapa\u202c\0\x07', 'Psia Łapa'],
    ['lone surrogates', 'a\ud83d b', 'a b'],
    ['letters with separate marks', 'Ło\u0301dz\u0301', 'Łódź'],
    ['line breaks', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['nothing but those', '\u200b \n', ''],
  ])('changes %s', (_what, text, cleaned) => {
    expect(cleanText(text)).toBe(cleaned);
  });

  test.each(['Zażółć gęślą jaźń', 'é ü ß Å ñ €', '🐶 20°', 'a "b" \'c\' - d...'])(
    'leaves %j',
    (text) => expect(cleanText(text)).toBe(text),
  );

  test('is idempotent, and leaves nothing invisible', () => {
    const codes = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(...ODD_CODES));
    fc.assert(fc.property(fc.array(codes), (list) => {
      const text = String.fromCharCode(...list);
      const cleaned = cleanText(text);
      expect(cleanText(cleaned)).toBe(cleaned);
      expect(cleaned).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]|(?! )\p{Zs}/u);
    }));
  });

  test('to one line joins the lines', () => {
    expect(toOneLine('ul. Długa 5\r\n\r\n00-001 Warszawa')).toBe('ul. Długa 5 00-001 Warszawa');
  });
});

describe('a name', () => {
  test('is cleaned and put on one line', () => {
    expect(toName(' Reksio\n\u202eII\0 ', 30)).toBe('Reksio II');
  });

  test('is cut between characters, with no space at the end', () => {
    expect(toName('🐶🐶🐶🐶', 3)).toBe('🐶🐶🐶');
    expect(toName('Pan Kot', 4)).toBe('Pan');
  });

  test.each([null, '', ' \u00a0\n', '\u200b'])('is missing when it is %j', (text) => {
    expect(toName(text, 30)).toBeNull();
  });
});

describe('transliteration', () => {
  test('maps the 18 Polish letters, ł among them', () => {
    expect(transliterate('ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ')).toBe('acelnoszz ACELNOSZZ');
  });

  test.each([
    ['Czech and Slovak', 'Příliš žluťoučký kůň, ďábel, ĺ ŕ', 'Prilis zlutoucky kun, dabel, l r'],
    ['German', 'Größe, Äpfel, Öl, Übung', 'Größe, Äpfel, Öl, Übung'],
    ['French', 'Zoë, ça, œuvre, être, É', 'Zoe, ca, oeuvre, etre, É'],
    ['Icelandic', 'Þór, það, ǽ', 'Thor, thad, æ'],
    ['Romanian, Hungarian, Turkish', 'Ștefan, ő, ışık', 'Stefan, o, isik'],
    ['Croatian and Maltese', 'Đoko, Ħal', 'Doko, Hal'],
    ['Lithuanian with separate marks', 'e\u0307\u0301, l\u0303', 'e, l'],
  ])('maps the letters of %s', (_language, text, plain) => {
    expect(transliterate(cleanText(text))).toBe(plain);
  });

  test.each(['é è ù ì ò Ç Ø ø Å å Æ æ ß É Ä Ö Ñ Ü ä ö ñ ü à', '🐶 Ж Ї 犬'])(
    'leaves letters of GSM-7 and of other scripts: %s',
    (text) => expect(transliterate(text)).toBe(text),
  );

  test('makes every letter of the Latin alphabets of Europe GSM-7', () => {
    const blocks = [
      [0xc0, 0x17f],
      [0x1cd, 0x1dc],
      [0x1e4, 0x1f5],
      [0x1f8, 0x21b],
      [0x1e00, 0x1e99],
      [0x1ea0, 0x1ef9],
    ];
    const letters = blocks.flatMap(([from = 0, to = 0]) =>
      Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
    ).filter((letter) => /\p{Script=Latin}/u.test(letter));
    const left = letters.filter((letter) =>
      countSegments(transliterate(letter)).encoding !== 'GSM-7'
    );
    expect(left.join('')).toBe('');
  });

  test('makes any Polish text GSM-7', () => {
    const letters = Array.from('aąćęłńóśźżĄĆĘŁŃÓŚŹŻéü€ \u00a0\u202f–—„”’…,.');
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...letters) }), (text) => {
      expect(countSegments(transliterate(cleanText(text))).encoding).toBe('GSM-7');
    }));
  });
});
