import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { openDashboard } from './support/visitor.ts';

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
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo('/pets');

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

test('an unknown name gets a hint', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo('/pets');

  await page.getByRole('searchbox').fill('Nessie');

  await page.getByText('Nie ma zwierzęcia o imieniu „Nessie”').waitFor();
  await leave();
});
