import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { openDashboard, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await deliver(created, bookToday(salon, '10:30'));
  const called = bookToday(salon, '15:00', salon.calCom.bookers.second);
  await deliver(created, called);
  await deliver(cancelled, called);
});

afterAll(() => browser.close());

test('the week shows appointments in the salon’s time, and the keyboard opens one', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo('/week');

  const entry = page.getByRole('button', { name: /10:30.*Fiona · Zofia Kaczmarek/ });
  await entry.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Szczegóły wizyty' });
  await dialog.getByText('Alergie: szampon z owsem').waitFor();
  await page.keyboard.press('Escape');

  await dialog.waitFor({ state: 'hidden' });
  expect(await entry.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.getByText('Borys · Tomasz Gołąb (Odwołana)').count()).toBe(1);
  await leave();
});

test('the next week is empty, and one button leads back', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo('/week');
  await page.getByText('Fiona · Zofia Kaczmarek').waitFor();

  await page.getByRole('button', { name: 'Następny tydzień' }).click();
  await page.getByText('Fiona · Zofia Kaczmarek').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Dzisiaj', exact: true }).click();

  await page.getByText('Fiona · Zofia Kaczmarek').waitFor();
  await leave();
});

test('a phone shows a list', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser, { viewport: PHONE });
  await signIn(salon.owner);
  await goTo('/week');

  await page.getByText('Fiona · Zofia Kaczmarek').waitFor();
  expect(await page.getByRole('button', { name: 'Lista' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await leave();
});
