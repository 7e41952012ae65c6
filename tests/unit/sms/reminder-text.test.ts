import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOf, DEFAULT_TEMPLATE, rendered, SALON } from '../support/reminder-text.ts';

const AT_10 = '2026-11-24T09:00:00Z';
const AT_11_30 = '2026-11-24T10:30:00Z';

/** The text of a template for appointments at these times, each for the pet beside it. */
function textFor(
  template: string,
  ...appointments: [startTime: string, pet: string | null][]
): string {
  return bodyOf({
    template,
    appointments: appointments.map(([startTime, pet]) => ({ startTime, pet })),
  });
}

test('the default text is one cheap SMS', () => {
  expect(rendered()).toEqual({
    ok: true,
    body: 'Przypominamy o wizycie jutro (wtorek, 24.11) o 14:00. Psia Lapa',
    encoding: 'GSM-7',
    segments: 1,
  });
});

test('the default text is one SMS with the phone of the salon and long names', () => {
  const text = rendered({
    salon: { ...SALON, name: 'Salon Pielęgnacji Psów Psi Styl', phone: '+48123456789' },
    appointments: [
      { startTime: '2026-11-30T09:00:00Z', pet: 'Księżniczka Fiona' },
      { startTime: '2026-11-30T10:30:00Z', pet: 'Borys' },
    ],
    now: new Date('2026-11-29T16:00:00Z'),
  });
  expect(text).toMatchObject({
    body: 'Przypominamy o wizycie jutro (poniedzialek, 30.11) o 10:00 (Ksiezniczka Fiona) i ' +
      '11:30 (Borys). Salon Pielegnacji Psow Psi Styl tel. 123 456 789',
    segments: 1,
  });
});

test('an English text has English words', () => {
  expect(bodyOf({
    language: 'en',
    template: 'Your appointment is {{when}}, {{weekday}} {{date}}, {{appointments}}: {{pets}}',
    appointments: [{ startTime: '2026-03-05T08:30:00Z', pet: 'Rex' }, {
      startTime: '2026-03-05T10:00:00Z',
      pet: 'Max',
    }],
    now: new Date('2026-03-04T12:00:00Z'),
  })).toBe(
    'Your appointment is tomorrow, Thursday 05.03, 09:30 (Rex) and 11:00 (Max): Rex and Max',
  );
});

describe('the appointments of a message', () => {
  test.each(
    [
      ['one', '10:00 (Reksio)', [[AT_10, 'Reksio']]],
      ['one of no pet', '10:00', [[AT_10, null]]],
      ['two', '10:00 (Reksio) i 11:30 (Burek)', [[AT_10, 'Reksio'], [AT_11_30, 'Burek']]],
      ['two at once', '10:00 (Reksio i Burek)', [[AT_10, 'Reksio'], [AT_10, 'Burek']]],
      ['three at once', '10:00 (Reksio, Burek i Azor)', [
        [AT_10, 'Reksio'],
        [AT_10, 'Burek'],
        [AT_10, 'Azor'],
      ]],
      ['a known pet and an unknown one', '10:00 (Reksio) i 11:30', [
        [AT_10, 'Reksio'],
        [AT_11_30, ' '],
      ]],
      ['one start written in two ways', '10:00 (Reksio i Burek)', [
        [AT_10, 'Reksio'],
        ['2026-11-24T10:00:00+01:00', 'Burek'],
      ]],
      ['both 02:30 of a night in autumn', '02:30 (Reksio) i 02:30 (Burek)', [
        ['2026-10-25T00:30:00Z', 'Reksio'],
        ['2026-10-25T01:30:00Z', 'Burek'],
      ]],
    ] satisfies [string, string, [string, string | null][]][],
  )(
    'are listed by time: %s',
    (_appointments, text, appointments) =>
      expect(textFor('{{appointments}}', ...appointments)).toBe(text),
  );

  test('name every pet once', () => {
    expect(textFor('{{pets}}', [AT_10, 'Reksio'], [AT_10, 'Burek'], [AT_11_30, 'Azor']))
      .toBe('Reksio, Burek i Azor');
    expect(textFor('{{pets}}', [AT_10, 'Reksio'], [AT_11_30, 'Reksio'])).toBe('Reksio');
  });

  test('start at the first', () => {
    expect(textFor('{{time}}', [AT_10, 'Reksio'], [AT_11_30, 'Burek'])).toBe('10:00');
  });
});

describe('Polish letters', () => {
  const template = 'Psia Łapa, zażółć „jaźń” – {{client}}…';

  test('are written without marks', () => {
    expect(rendered({ template })).toEqual({
      ok: true,
      body: 'Psia Lapa, zazolc "jazn" - Anna...',
      encoding: 'GSM-7',
      segments: 1,
    });
  });

  test('stay when the salon wants them, between cleaned spaces, quotes and dashes', () => {
    expect(rendered({ template, transliterate: false })).toEqual({
      ok: true,
      body: 'Psia Łapa, zażółć "jaźń" - Anna...',
      encoding: 'UCS-2',
      segments: 1,
    });
  });

  test('of another alphabet or an emoji stay and cost more', () => {
    expect(rendered({ template: 'Cześć 🐶 {{client}}', clientName: 'Ганна' })).toEqual({
      ok: true,
      body: 'Czesc 🐶 Ганна',
      encoding: 'UCS-2',
      segments: 1,
    });
  });

  test('double the price of a usual text', () => {
    const usual = 'Przypomnienie: wizyta {{when}} ({{weekday}}, {{date}}) o {{time}} w salonie ' +
      '{{salon}}, {{address}}. Aby odwołać zadzwoń: 600 100 200';
    expect(rendered({ template: usual })).toMatchObject({ encoding: 'GSM-7', segments: 1 });
    expect(rendered({ template: usual, transliterate: false }))
      .toMatchObject({ encoding: 'UCS-2', segments: 2 });
  });
});

describe('names from outside', () => {
  test('are inserted literally', () => {
    expect(textFor('{{pets}}', [AT_10, '{{salon}} $&'])).toBe('{{salon}} $&');
  });

  test('lose line breaks and control characters', () => {
    expect(textFor('{{pets}}', [AT_10, 'Rek\u200bsio\r\nDopłać\0 10 zł'])).toBe(
      'Reksio Doplac 10 zl',
    );
  });

  test('cannot push the appointment out of the message', () => {
    expect(textFor(DEFAULT_TEMPLATE, [AT_10, 'x'.repeat(10_000)]))
      .toBe(`Przypominamy o wizycie jutro (wtorek, 24.11) o 10:00 (${'x'.repeat(30)}). Psia Lapa`);
    expect(textFor(DEFAULT_TEMPLATE, [AT_10, '🐶'.repeat(10_000)])).toContain('wizycie jutro');
  });

  test.each([
    ['before a comma', 'Dzień dobry {{client}}, do jutra', 'Dzien dobry, do jutra'],
    ['at the start', '{{client}}, do jutra', 'do jutra'],
    ['in brackets', 'Wizyta ( {{client}} ) jutro', 'Wizyta jutro'],
    ['between words', 'Wizyta {{client}} jutro', 'Wizyta jutro'],
    ['at the end', 'Do jutra\n{{client}}', 'Do jutra'],
  ])('leave no gap when they are missing: %s', (_place, template, text) => {
    expect(bodyOf({ template, clientName: null })).toBe(text);
  });
});

describe('there is no reminder', () => {
  test.each([
    ['names an unknown variable', 'Wizyta {{foo}}'],
    ['leaves braces open', 'Wizyta {{when}'],
    ['is blank', ' \u00a0'],
    ['is blank without a value', '{{client}}'],
  ])('from a template that %s', (_mistake, template) => {
    expect(rendered({ template, clientName: null })).toEqual({ ok: false, problem: 'template' });
  });

  test('that needs more segments than the salon allows', () => {
    expect(rendered({ template: 'a'.repeat(306) })).toMatchObject({ ok: true, segments: 2 });
    expect(rendered({ template: 'a'.repeat(307) })).toEqual({ ok: false, problem: 'too_long' });
  });

  test.each([
    ['in an unknown zone', { salon: { ...SALON, timezone: 'Europe/Warszawa' } }],
    ['at an invalid time', { appointments: [{ startTime: 'jutro', pet: null }] }],
    ['without an appointment', { appointments: [] }],
  ])('%s, which is a mistake of the caller', (_mistake, input) => {
    expect(() => rendered(input)).toThrow(RangeError);
  });
});

describe('a text with too many pets', () => {
  const PETS = Array.from({ length: 12 }, (_, index) => ({
    startTime: new Date(Date.parse(AT_10) + index * 30 * 60_000).toISOString(),
    pet: `Pies o bardzo długim imieniu ${index}`,
  }));

  test('names the times only', () => {
    expect(bodyOf({ appointments: PETS })).toBe(
      'Przypominamy o wizycie jutro (wtorek, 24.11) o 10:00, 10:30, 11:00, 11:30, 12:00, 12:30, ' +
        '13:00, 13:30, 14:00, 14:30, 15:00 i 15:30. Psia Lapa',
    );
  });

  test('is not sent if it is too long without them or says nothing', () => {
    const appointments = PETS;
    const template = '{{appointments}}' + 'a'.repeat(300);
    expect(rendered({ appointments, template })).toEqual({ ok: false, problem: 'too_long' });
    expect(rendered({ appointments, template: '{{pets}}' }))
      .toEqual({ ok: false, problem: 'too_long' });
  });
});

test('no name makes a text longer than the salon allows, or hides the time of the appointment', () => {
  const units = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x7b, 0x7d, 10, 32));
  const name = fc.array(units).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(name, name, fc.boolean(), (pet, salonName, transliterate) => {
      const salon = { ...SALON, name: salonName };
      const text = rendered({ salon, appointments: [{ startTime: AT_10, pet }], transliterate });
      if (!text.ok) return expect(text.problem).toBe('too_long');
      expect(text.segments).toBeLessThanOrEqual(2);
      expect(text.body).toMatch(/^Przypominamy o wizycie jutro \(wtorek, 24\.11\) o 10:00/);
      expect(text.body).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});
