import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await deliver(created, bookToday(salon, '08:00'));
  await deliver(created, bookToday(salon, '19:00'));
  const missed = bookToday(salon, '07:00');
  await deliver(created, missed);
  await deliver(cancelled, missed);
});

afterAll(() => browser.close());

test('a pet is found by part of its name, with its past and upcoming appointments', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/pets');

  await page.getByRole('searchbox').fill('fio');
  await page.getByText('Znaleziono 1 zwierzę').waitFor();
  await page.getByRole('link', { name: 'Fiona' }).click();

  const heading = page.getByRole('heading', { name: 'Fiona', level: 1 });
  await heading.waitFor();
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek' }).waitFor();
  const history = page.locator('section', { hasText: 'Historia wizyt' });
  await history.getByText('08:00').waitFor();
  expect(await history.getByText('07:00').count()).toBe(0);
  await page.locator('section', { hasText: 'Nadchodzące wizyty' }).getByText('19:00').waitFor();

  await page.getByLabel('Pokaż też odwołane').check();
  await history.getByText('07:00').waitFor();
  await leave();
});

test('a pet is found by its owner, by part of the name or of the number', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/pets');
  for (const text of ['kaczm', 'ZOFIA fiona', '501-220-314', '+48 501 220']) {
    await page.getByRole('searchbox').fill(text);
    await page.getByText('Znaleziono 1 zwierzę').waitFor();
    await page.getByRole('link', { name: 'Fiona' }).waitFor();
    await page.getByRole('searchbox').fill('Nessie');
    await page.getByText('Nie znaleziono „Nessie”').waitFor();
  }
  await leave();
});

test('the search is in the address: a reload keeps it, and Back returns to it', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/pets');
  await page.getByRole('searchbox').fill('50% / fio?');
  await page.getByText('Nie znaleziono').waitFor();
  await page.reload();
  await page.getByText('Nie znaleziono „50% / fio?”').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('50% / fio?');

  await page.getByRole('searchbox').fill('fio');
  await page.getByRole('link', { name: 'Fiona' }).click();
  await page.getByRole('heading', { name: 'Fiona', level: 1 }).waitFor();
  await page.goBack();
  await page.getByText('Znaleziono 1 zwierzę').waitFor();

  await page.getByRole('navigation').first().getByRole('link', { name: 'Zwierzęta' }).click();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
  await leave();
});

test('a search says when it shows the first twenty only, and finds clients without a pet', async () => {
  const other = await createSalon();
  await sql(
    `insert into clients (salon_id, name, surname, phone_number)
     select $1, 'Ewa', 'Bez Psa ' || n, '700800900' from generate_series(1, 21) n`,
    [other.id],
  );
  const { page, leave } = await openAs(browser, other.staff, '/pets');
  await page.getByRole('searchbox').fill('bez psa');

  await page.getByText('Pokazujemy pierwsze 20.').waitFor();
  expect(await page.getByRole('link', { name: /^Zadzwoń: Ewa Bez Psa/ }).count()).toBe(20);
  await page.getByRole('searchbox').fill('bez psa 21');
  await page.getByText('Pokazujemy pierwsze 20.').waitFor({ state: 'detached' });
  await leave();
});

test('an unknown name gets a hint', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/pets');

  await page.getByRole('searchbox').fill('Nessie');

  await page.getByText('Nie znaleziono „Nessie”').waitFor();
  await leave();
});
