import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
});

afterAll(() => browser.close());

async function openSettings() {
  const { page, leave } = await openAs(browser, salon.owner, '/reminders/settings');
  const template = page.getByLabel('Szablon');
  await template.waitFor();
  return { page, leave, template, save: page.getByRole('button', { name: 'Zapisz ustawienia' }) };
}

test('the preview follows the template, with its segments and its price', async () => {
  const { page, leave, template } = await openSettings();
  const preview = page.getByRole('region', { name: 'Podgląd' });

  await template.fill('Wizyta {{when}} o {{appointments}}. Czekamy na Ciebie, {{client}}! Żółw');
  await preview.getByText('Wizyta jutro o 10:00 (Fiona). Czekamy na Ciebie, Zofia! Zolw').waitFor();
  await preview.getByText('1 część').waitFor();
  await preview.getByText('0,17 zł za SMS').waitFor();

  await page.getByLabel('Pisz bez znaków diakrytycznych').uncheck();
  await preview.getByText('Znak „Ż” skraca SMS do 70 znaków.').waitFor();
  await template.fill('Wizyta {{when}}. '.repeat(30));
  await preview.getByText('Pominiemy zwierzęta').waitFor();
  await leave();
});

test('a variable that does not exist is named at once and cannot be saved', async () => {
  const { page, leave, template, save } = await openSettings();

  await template.fill('Wizyta {{pora}}');

  await page.getByRole('alert').getByText('Nie ma zmiennej {{pora}}').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await leave();
});

test('a variable is inserted at the cursor', async () => {
  const { page, leave, template } = await openSettings();
  await template.fill('Wizyta  w salonie');
  await template.press('Home');
  for (let step = 0; step < 'Wizyta '.length; step++) await template.press('ArrowRight');

  await page.getByRole('button', { name: 'jutro / dzisiaj' }).click();

  expect(await template.inputValue()).toBe('Wizyta {{when}} w salonie');
  await leave();
});

test('settings are saved, and a broken rule of the database is explained', async () => {
  const { page, leave, template, save } = await openSettings();
  await page.getByLabel('Wysyłaj przypomnienia').check();
  await template.fill('Do zobaczenia {{when}}!');
  await page.getByLabel('Godzina wysyłki').fill('16:15');
  await save.click();
  await page.getByText('Ustawienia zapisane.').waitFor();
  expect(
    await sql('select enabled, template, send_at_local from sms_settings where salon_id = $1', [
      salon.id,
    ]),
  ).toEqual([{ enabled: true, template: 'Do zobaczenia {{when}}!', send_at_local: '16:15:00' }]);

  await page.getByLabel('Godzina wysyłki').fill('21:00');
  await save.click();

  await page.getByText('Godzina wysyłki wypada w czasie ciszy.').waitFor();
  await leave();
});

test('a test SMS is sent once, however fast its button is clicked, and keeps the focus', async () => {
  const { page, leave } = await openSettings();
  await page.getByLabel('Twój numer').fill('600 100 200');
  const button = page.getByRole('button', { name: 'Wyślij SMS próbny' });

  await button.dblclick();
  await page.getByText('SMS jest wysyłany.').waitFor();
  await page.waitForLoadState('networkidle');

  expect(await sql('select kind from sms_messages where salon_id = $1', [salon.id]))
    .toEqual([{ kind: 'test' }]);
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  const status = () => sql('select status from sms_messages where salon_id = $1', [salon.id]);
  await expect.poll(status, { timeout: 10_000 }).toEqual([{ status: 'sent' }]);
  await sql('delete from sms_messages where salon_id = $1', [salon.id]);
  await leave();
});

test('a draft is still there after another page and a reload, until it is discarded', async () => {
  const { page, leave, template } = await openSettings();
  const saved = await template.inputValue();
  await template.fill('Jeszcze nie {{when}}');
  await page.getByText('Zmiany nie są jeszcze zapisane.').waitFor();

  await page.getByRole('link', { name: 'Nadchodzące' }).click();
  await template.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Ustawienia' }).click();
  await expect.poll(() => template.inputValue()).toBe('Jeszcze nie {{when}}');
  await page.reload();
  await expect.poll(() => template.inputValue()).toBe('Jeszcze nie {{when}}');

  await page.getByRole('button', { name: 'Odrzuć zmiany' }).click();
  await expect.poll(() => template.inputValue()).toBe(saved);
  await leave();
});

test('what is typed while settings are being saved stays in the draft', async () => {
  const { page, leave, template, save } = await openSettings();
  const saved = await template.inputValue();
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/rest/v1/sms_settings*', async (route) => {
    if (route.request().method() === 'POST') await isReleased;
    await route.continue();
  });
  await template.fill('Do jutra, {{when}}');
  await save.click();
  await page.getByText('Zapisywanie…').waitFor();
  await template.fill('Do zobaczenia {{when}}');
  release();
  await save.waitFor();

  expect(await template.inputValue()).toBe('Do zobaczenia {{when}}');
  await page.getByText('Zmiany nie są jeszcze zapisane.').waitFor();
  await template.fill(saved);
  await save.click();
  await page.getByText('Ustawienia zapisane.').waitFor();
  await leave();
});

test('another SMS is folded until it is wanted, with its own time, text and preview', async () => {
  const { page, leave } = await openSettings();
  const texts = page.getByRole('region', { name: 'Inne SMS-y' });
  const second = texts.locator('details', { hasText: 'Drugie przypomnienie' });
  await second.getByText('Drugie przypomnienie').press('Enter');
  expect(await second.getByLabel('Szablon').count()).toBe(0);

  await second.getByLabel('Wysyłaj ten SMS').press('Space');
  await second.getByLabel('Ile godzin przed wizytą').fill('3');
  await second.getByLabel('Szablon').fill('Do zobaczenia {{when}} o {{time}}!');
  await second.getByText('Do zobaczenia jutro o 10:00!').waitFor();
  await second.getByText('0,17 zł za SMS').waitFor();
  await second.getByLabel('Szablon').press('Tab');
  await second.getByRole('button', { name: 'Zapisz' }).press('Enter');

  await second.getByText('Zapisano.').waitFor();
  await second.getByText('Włączony').waitFor();
  expect(
    await sql(
      'select kind, enabled, mode, hours_before, template from sms_texts where salon_id = $1',
      [
        salon.id,
      ],
    ),
  ).toEqual([{
    kind: 'second_reminder',
    enabled: true,
    mode: 'hours_before',
    hours_before: 3,
    template: 'Do zobaczenia {{when}} o {{time}}!',
  }]);
  await leave();
});

test('a service gets a text of its own, once, and loses it with a way back', async () => {
  const { page, leave } = await openSettings();
  const services = page.getByRole('region', { name: 'Treść dla usługi' });
  const add = services.locator('details', { hasText: 'Dodaj treść' });
  async function addText() {
    await add.getByLabel('Nazwa wizyty zawiera').fill('kąpiel');
    await add.getByLabel('Szablon').fill('Prosimy nie karmić {{pets}} przed kąpielą.');
    await add.getByRole('button', { name: 'Zapisz' }).click();
  }
  await add.getByText('Dodaj treść').click();
  await addText();
  await add.getByText('Zapisano treść: kąpiel.').waitFor();
  await addText();
  await add.getByText('Ta usługa ma już swoją treść.').waitFor();

  const text = services.locator('details', { hasText: 'kąpiel' }).first();
  await text.locator('summary').click();
  await text.getByRole('button', { name: 'Usuń' }).click();
  await page.getByText('Usunięto treść: kąpiel.').waitFor();
  await page.getByRole('button', { name: 'Cofnij' }).click();
  await page.getByText('Cofnięto.').waitFor();
  expect(await sql('select title_contains from sms_service_texts where salon_id = $1', [salon.id]))
    .toEqual([{ title_contains: 'kąpiel' }]);
  await leave();
});

test('an owner sets until when clients can change, and sends a test SMS', async () => {
  const { page, leave, save } = await openSettings();
  await page.getByLabel('Zmiany przez klienta').fill('48');
  await page.getByLabel('Lista telefonów').fill('14:30');
  await save.click();
  await page.getByText('Ustawienia zapisane.').waitFor();
  const test = page.getByRole('form', { name: 'SMS próbny' });
  await test.getByLabel('Twój numer').fill('nie wiem');
  await test.getByRole('button').click();
  await test.getByText('To nie jest numer telefonu.').waitFor();
  await test.getByLabel('Twój numer').fill('600 100 200');
  await test.getByRole('button').click();
  await test.getByText('SMS jest wysyłany.').waitFor();

  expect(
    await sql(
      `select s.notice_hours, s.call_list_from, m.phone_number from sms_settings s
       join sms_messages m on m.salon_id = s.salon_id and m.kind = 'test' where s.salon_id = $1`,
      [salon.id],
    ),
  ).toEqual([{ notice_hours: 48, call_list_from: '14:30:00', phone_number: '+48600100200' }]);
  await leave();
});

test('staff can read the settings, but not change them', async () => {
  const { page, leave } = await openAs(browser, salon.staff, '/reminders/settings');

  await page.getByText('Ustawienia może zmieniać tylko właściciel salonu.').waitFor();
  expect(await page.getByLabel('Szablon').isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Zapisz ustawienia' }).count()).toBe(0);
  const second = page.locator('details', { hasText: 'Drugie przypomnienie' });
  await second.getByText('Drugie przypomnienie').click();
  expect(await second.getByLabel('Wysyłaj ten SMS').isDisabled()).toBe(true);
  expect(await page.getByText('SMS próbny').count()).toBe(0);
  await leave();
});
