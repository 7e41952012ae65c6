import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { ALLOWED_LINKS, LINKS } from '../../support/links.ts';
import { attempt, signedIn } from '../support/attempt.ts';
import { changeSettings, createRemindingSalon } from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createRemindingSalon(database);
  await database.query('update sms_settings set allowed_links = $1', [ALLOWED_LINKS]);
});
afterAll(() => database.drop());

const save = (template: string) => changeSettings(database, salon.id, { template });
const REFUSED = {
  code: '23514',
  constraint: 'sms_settings_template_links_are_allowed',
  hint: expect.stringContaining('sms_settings.allowed_links'),
};

it.each(LINKS)('the forbidden link in the template %j is %j', async (template, link) => {
  if (link === null) await save(template);
  else {
    await expect(save(template)).rejects.toMatchObject({
      ...REFUSED,
      message: `The SMS template has a link that is not allowed: ${link}`,
    });
  }
});

it.each([
  'https://{{salon}}',
  '{{salon}}.pl',
  'evil.{{pets}}',
  '{{client}}.{{pets}}',
  'ev\u200bil.\u200bpl',
  'evil.\u00adpl',
])('the template %j, which could become a link, is refused', async (template) => {
  await expect(save(template)).rejects.toMatchObject(REFUSED);
});

it('an owner cannot allow a link', async () => {
  const owner = signedIn(salon.ownerId);
  expect(await attempt(database, owner, `update sms_settings set allowed_links = '{evil.pl}'`))
    .toBe('denied');
});

it('a link that the template uses cannot be withdrawn', async () => {
  await save('psistyl.pl');
  await expect(database.query(`update sms_settings set allowed_links = '{}'`)).rejects
    .toMatchObject(REFUSED);
});

it.each(['https://psistyl.pl', 'psistyl', 'psistyl.pl evil.pl', '', null, 'PsiStyl.pl'])(
  'the operator cannot allow %j, which is no address',
  async (link) => {
    await save('Do jutra!');
    await expect(database.query('update sms_settings set allowed_links = $1', [[link]])).rejects
      .toMatchObject({ constraint: 'sms_settings_allowed_links_are_addresses' });
  },
);
