import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openDashboard } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
});

afterAll(() => browser.close());

async function openSettings() {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo('/reminders/settings');
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

test('staff can read the settings, but not change them', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  await goTo('/reminders/settings');

  await page.getByText('Ustawienia może zmieniać tylko właściciel salonu.').waitFor();
  expect(await page.getByLabel('Szablon').isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Zapisz ustawienia' }).count()).toBe(0);
  await leave();
});
