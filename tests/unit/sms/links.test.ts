import { describe, expect, test } from 'vitest';
import { forbiddenLink, withoutLinks } from '../../../shared/sms/links.ts';
import { ALLOWED_LINKS, LINKS } from '../../support/links.ts';
import { bodyOf, rendered, SALON } from '../support/reminder-text.ts';

test.each(LINKS)('the forbidden link in %j is %j', (text, link) => {
  expect(forbiddenLink(text, ALLOWED_LINKS)).toBe(link);
});

test.each([
  ['Hau.pl', 'Hau. pl'],
  ['https://evil.pl/x', 'https evil. pl/x'],
  ['a.b.cd.ef', 'a.b. cd. ef'],
  ['evil.', 'evil'],
  ['.pl', 'pl'],
  ['203.0.113.7', '203. 0. 113. 7'],
  ['1.2.3.4.5.6.7', '1. 2. 3. 4. 5. 6. 7'],
  ['Reksio 12.10.2026', 'Reksio 12.10.2026'],
  ['Salon evil.ﬁ', 'Salon evil. fi'],
  ['evil.þ', 'evil. þ'],
  ['ul. Długa 5', 'ul. Długa 5'],
  ['Psia Łapa sp. z o.o.', 'Psia Łapa sp. z o.o'],
])('the name %j is inserted as %j', (name, inserted) => {
  expect(withoutLinks(name)).toBe(inserted);
});

describe('a reminder', () => {
  test('names a salon, a client and a pet without making links of them', () => {
    const appointments = [{ startTime: '2026-11-24T13:00:00Z', pet: 'evil.pl/a' }];
    const text = rendered({
      template: '{{client}} {{pets}} {{salon}} {{address}}',
      clientName: 'http://evil.pl',
      salon: { ...SALON, name: 'www.evil.pl', address: 'evil.pl' },
      appointments,
    });
    expect(text).toMatchObject({
      ok: true,
      body: 'http evil. pl evil. pl/a www. evil. pl evil. pl',
    });
  });

  test('is not sent with a link that is not allowed', () => {
    expect(bodyOf({ template: 'ev\u200bil.\u200bpl' })).toBe('template');
    expect(bodyOf({ template: '{{client}}pl', clientName: 'evil.' })).toBe('evilpl');
  });

  test('is sent with a link that the operator allows', () => {
    expect(bodyOf({ template: 'psistyl.pl/cennik', allowedLinks: ['psistyl.pl'] }))
      .toBe('psistyl.pl/cennik');
  });
});
