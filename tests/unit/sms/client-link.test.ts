import { expect, test } from 'vitest';
import {
  clientLink,
  EXAMPLE_TOKEN,
  withoutToken,
  withToken,
} from '../../../shared/sms/client-link.ts';
import { bodyOf, DEFAULT_TEMPLATE, rendered, SALON } from '../support/reminder-text.ts';

const PAGE = 'https://barkbook-psi-styl.netlify.app/c/';
const LINK = clientLink(PAGE, EXAMPLE_TOKEN);

test('the default text with a link is one SMS, for names of usual length and a usual address', () => {
  const text = rendered({
    salon: { ...SALON, name: 'Salon Psi Styl', phone: '+48123456789' },
    appointments: [{ startTime: '2026-11-30T09:00:00Z', pet: 'Fiona' }],
    now: new Date('2026-11-29T16:00:00Z'),
    link: LINK,
  });
  expect(text).toMatchObject({
    body: 'Przypominamy o wizycie jutro (poniedzialek, 30.11) o 10:00 (Fiona). ' +
      `Salon Psi Styl tel. 123 456 789 ${LINK}`,
    encoding: 'GSM-7',
    segments: 1,
  });
});

test('without a page, nothing is left of the link', () => {
  expect(bodyOf({ link: null })).toBe(
    'Przypominamy o wizycie jutro (wtorek, 24.11) o 14:00. Psia Lapa',
  );
});

test.each([
  ['between words', 'Wizyta {{link}}{{salon}}', `Wizyta ${LINK} Psia Lapa`],
  ['at the end of a sentence', 'Wizyta: {{link}}.', `Wizyta: ${LINK}.`],
  ['twice', '{{link}}{{link}}', `${LINK} ${LINK}`],
])('a link stands alone: %s', (_where, template, body) => {
  expect(bodyOf({ template, link: LINK })).toBe(body);
});

test.each([`${PAGE}#aaaaaaaaaaaa`, PAGE, 'https://barkbook-psi-styl.netlify.app'])(
  'the template may have no address of its own, such as %s',
  (address) => {
    expect(bodyOf({ template: `{{link}} ${address}`, link: LINK })).toBe('template');
  },
);

test('a text is kept without its token, and can be restored with it', () => {
  const sent = bodyOf({ template: DEFAULT_TEMPLATE, link: LINK });
  const kept = withoutToken(sent, EXAMPLE_TOKEN);
  expect(kept).toContain(`${PAGE}#…`);
  expect(kept).not.toContain(EXAMPLE_TOKEN);
  expect(withToken(kept, EXAMPLE_TOKEN)).toBe(sent);
});
