import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

const PAGES = ['week-page', 'pets-page', 'pet-page', 'reminders-page', 'sync-page', 'stats-page'];

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
});
afterAll(() => browser.close());

/** Which pages' code the browser has asked for. */
async function loaded(page: Page): Promise<string[]> {
  const files = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name)
  );
  return PAGES.filter((name) => files.some((file) => file.includes(`/${name}-`)));
}

test('the code of all pages is loaded once the browser is idle, so that they open without a network', async () => {
  const visitor = await openAs(browser, salon.owner);
  const { page } = visitor;
  await expect.poll(() => loaded(page)).toEqual(PAGES);

  await page.route('**/assets/*.js', (route) => route.abort());
  await visitor.goTo('/stats');
  await page.getByRole('heading', { level: 1, name: 'Statystyki' }).waitFor();
  await visitor.leave();
});

test('nothing is loaded before the browser is idle', async () => {
  const visitor = await openAs(browser, salon.owner);
  const { page } = visitor;
  await page.addInitScript(() => {
    const idle: IdleRequestCallback[] = [];
    Object.assign(globalThis, {
      requestIdleCallback: (callback: IdleRequestCallback) => idle.push(callback),
      becomeIdle: () =>
        idle.splice(0).forEach((callback) =>
          callback({ didTimeout: false, timeRemaining: () => 9 })
        ),
    });
  });
  await page.reload();
  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  expect(await loaded(page)).toEqual([]);

  await page.evaluate('becomeIdle()');
  await expect.poll(() => loaded(page)).toEqual(PAGES);
  await visitor.leave();
});

test('a browser that cannot tell when it is idle loads it after two seconds', async () => {
  const visitor = await openAs(browser, salon.owner);
  const { page } = visitor;
  await page.addInitScript('delete globalThis.requestIdleCallback');
  await page.reload();
  await expect.poll(() => loaded(page), { timeout: 8_000 }).toEqual(PAGES);
  await visitor.leave();
});
