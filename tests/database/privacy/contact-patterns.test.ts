import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const ZOFIA = { phone: '+48501220314', email: 'zofia@poczta.example' };

/** Whether the contact is found in a text, and in JSON that contains the text. */
async function finds(
  text: unknown,
  { phone = null as string | null, email = null as string | null },
) {
  const [found] = await database.query(
    `select private.names_contact(text.words, own) as found
     from (select $1::jsonb::text as words) text,
       (select row($2, $3, private.contact_hint($2, $3), private.contact_pattern($2, $3))
         ::private.contacts as own) contact`,
    [JSON.stringify({ a: text }), phone, email],
  );
  return found?.['found'];
}

describe('a phone number is found', () => {
  it.each([
    '501220314',
    '501 220 314',
    'tel. (501) 220-314, po 16:00',
    '+48 501.220.314',
    '0048501220314',
    '48501220314',
    'nr 0501220314',
    'Zadzwoń:\n501 220 314\ndziękuję',
    '600700800, 501220314',
  ])('in %j', async (text) => {
    expect(await finds(text, ZOFIA)).toBe(true);
  });

  it.each([
    ['+4915123456789', '+49 151 23456789'],
    ['+4915123456789', '0151 234 567 89'],
    ['+20260915', 'tel. +20 260 915'],
    ['+12012345678', '(201) 234-5678'],
  ])('%s in %j', async (phone, text) => {
    expect(await finds(text, { phone })).toBe(true);
  });
});

describe('a phone number is not found', () => {
  it.each<[string, unknown]>([
    ['+20260915', '2026-09-15T08:00:00.000Z'],
    ['+20260915', '2026-09-15'],
    ['+20260915', '20260915'],
    ['+202609150800', '2026-09-15 08:00'],
    ['+202609150800', '202609150800'],
    ['+48202609150', '2026-09-15 0'],
    ['+48202691508', '2026-9-15 08:00'],
    ['+48150920268', '15.09.2026 8:00'],
    ['+48150920268', '15.09.2026 8 psów'],
    ['+48026091508', '2026-09-15 08:00:00'],
    ['+48501220314', 501220314],
    ['+48501220314', '1501220314'],
    ['+48501220314', '5012203145'],
  ])('%s in %j', async (phone, text) => {
    expect(await finds(text, { phone })).toBe(false);
  });
});

describe('an e-mail address is found', () => {
  it.each([
    'zofia@poczta.example',
    'ZOFIA@Poczta.Example.',
    'mailto:zofia@poczta.example?subject=x',
    'Kontakt:\nzofia@poczta.example\n',
    '<zofia@poczta.example>',
  ])('in %j', async (text) => {
    expect(await finds(text, ZOFIA)).toBe(true);
  });
});

describe('an e-mail address is not found', () => {
  it.each([
    'anna-zofia@poczta.example',
    'anna.zofia@poczta.example',
    'anna+zofia@poczta.example',
    'zofia@poczta.example.org',
    'zofia@poczta.examples',
    'zofia@pocztaxexample',
  ])('in %j', async (text) => {
    expect(await finds(text, ZOFIA)).toBe(false);
  });
});
